import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import type { ServiceStart } from '../../contract/serviceProtocol.ts';
import { fingerprintOf, type KeyRecord, readRecord, writeRecord } from './keyRecord.ts';
import { KeyUnavailable } from './keyUnavailable.ts';
import { readProvisionedKey } from './provisionedKey.ts';

export type DataKey = ServiceStart['key'];

/** Encryption bound to the operating system's user; electron/platform/compat.ts makes one. */
export interface OsVault {
  /** Kept beside the key: a desktop that changes its backend makes old secrets unreadable. */
  backend: string;
  wrap(secret: string): Promise<string>;
  unwrap(wrapped: string): Promise<string>;
}

export interface KeyVaultOptions {
  dataDir: string;
  /** A file that root put there; see `provisionedKeyFile`. */
  provisionedFile: string;
  findOsVault(): Promise<OsVault | null>;
  /** Only where no real person's data is: a checkout, or a demonstration. */
  allowDevelopmentFile: boolean;
  warn(line: string): void;
  random?(bytes: number): Buffer;
}

/**
 * The data key of this terminal (docs/adr/0003-where-the-key-lives.md). The first start chooses a holder: a provisioned
 * file, the operating system's vault, a development file. Every later start uses the recorded holder and no other:
 * a new key would turn the database into noise.
 * @throws KeyUnavailable
 */
export async function openKey(options: KeyVaultOptions): Promise<DataKey> {
  const record = readRecord(options.dataDir);
  if (!record) return chooseHolder(options);
  const hex = await reveal(record, options);
  if (fingerprintOf(hex) !== record.fingerprint) throw new KeyUnavailable('key-changed', record.holder);
  return { holder: record.holder, hex };
}

async function chooseHolder(options: KeyVaultOptions): Promise<DataKey> {
  const { dataDir } = options;
  if (holdsDatabase(dataDir)) throw new KeyUnavailable('key-record-missing', dataDir);

  if (existsSync(options.provisionedFile)) {
    const hex = readProvisionedKey(options.provisionedFile);
    writeRecord(dataDir, { version: 1, holder: 'provisioned-file', fingerprint: fingerprintOf(hex) });
    return { holder: 'provisioned-file', hex };
  }

  const hex = (options.random ?? randomBytes)(32).toString('hex');
  const vault = await options.findOsVault();
  if (vault) {
    const wrapped = await vault.wrap(hex);
    // What cannot be read back now will not be read back tomorrow either.
    if ((await vault.unwrap(wrapped)) !== hex) throw new KeyUnavailable('vault-unreliable', vault.backend);
    const { backend } = vault;
    writeRecord(dataDir, { version: 1, holder: 'os-vault', backend, wrapped, fingerprint: fingerprintOf(hex) });
    return { holder: 'os-vault', hex };
  }

  if (!options.allowDevelopmentFile) throw new KeyUnavailable('no-key-holder', options.provisionedFile);
  writeRecord(dataDir, { version: 1, holder: 'development-file', hex, fingerprint: fingerprintOf(hex) });
  warnOfDevelopmentFile(options);
  return { holder: 'development-file', hex };
}

async function reveal(record: KeyRecord, options: KeyVaultOptions): Promise<string> {
  switch (record.holder) {
    case 'provisioned-file':
      return readProvisionedKey(options.provisionedFile);
    case 'development-file':
      if (!options.allowDevelopmentFile) throw new KeyUnavailable('development-key', options.dataDir);
      warnOfDevelopmentFile(options);
      return record.hex;
    case 'os-vault': {
      const vault = await options.findOsVault();
      if (!vault) throw new KeyUnavailable('vault-unavailable', record.backend);
      try {
        return await vault.unwrap(record.wrapped);
      } catch {
        throw new KeyUnavailable('vault-unavailable', `${record.backend} -> ${vault.backend}`);
      }
    }
  }
}

function warnOfDevelopmentFile(options: KeyVaultOptions): void {
  options.warn(`DEVELOPMENT KEY: the data key lies unprotected in ${options.dataDir}; no real person's data here`);
}

function holdsDatabase(dataDir: string): boolean {
  return readdirSync(dataDir).some((name) => /\.(db|sqlite3?)$/.test(name));
}
