import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyVaultOptions, type OsVault, openKey } from './keyVault.ts';

const PROVISIONED = 'ab'.repeat(32);

let folder: string;
let dataDir: string;
let provisionedFile: string;
let warnings: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-key-'));
  dataDir = mkdtempSync(path.join(folder, 'data-'));
  provisionedFile = path.join(folder, 'key');
  warnings = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function options(changes: Partial<KeyVaultOptions> = {}): KeyVaultOptions {
  return {
    dataDir,
    provisionedFile,
    findOsVault: async () => null,
    allowDevelopmentFile: false,
    warn: (line) => warnings.push(line),
    ...changes,
  };
}

function provision(text: string = `${PROVISIONED}\n`, mode = 0o640): void {
  writeFileSync(provisionedFile, text);
  chmodSync(provisionedFile, mode);
}

/** Reverses the text: enough to see whether what was wrapped is what is unwrapped. */
const reversing: OsVault = {
  backend: 'gnome_libsecret',
  wrap: async (secret) => Buffer.from([...secret].reverse().join('')).toString('base64'),
  unwrap: async (wrapped) => [...Buffer.from(wrapped, 'base64').toString()].reverse().join(''),
};
const withVault = { findOsVault: async () => reversing };

const record = (): string => readFileSync(path.join(dataDir, 'key.json'), 'utf8');

describe('the first start', () => {
  it('takes the key that root provisioned before any other', async () => {
    provision();
    expect(await openKey(options(withVault))).toEqual({ holder: 'provisioned-file', hex: PROVISIONED });
    expect(record()).not.toContain(PROVISIONED);
  });

  it('has the operating system wrap a new key, and keeps no readable copy', async () => {
    const key = await openKey(options(withVault));
    expect(key).toMatchObject({ holder: 'os-vault', hex: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(record()).not.toContain(key.hex);
    expect(statSync(path.join(dataDir, 'key.json')).mode & 0o777).toBe(0o600);
    expect(await openKey(options(withVault))).toEqual(key);
  });

  it('refuses a vault that does not give back what it took', async () => {
    const forgetful = { ...reversing, unwrap: async () => 'something else' };
    await expect(openKey(options({ findOsVault: async () => forgetful }))).rejects.toMatchObject({
      code: 'vault-unreliable',
    });
  });

  it('leaves an unprotected file only where no real data is, and says so each time', async () => {
    await expect(openKey(options())).rejects.toMatchObject({ code: 'no-key-holder' });
    const key = await openKey(options({ allowDevelopmentFile: true }));
    expect(key.holder).toBe('development-file');
    expect(statSync(path.join(dataDir, 'key.json')).mode & 0o777).toBe(0o600);
    expect(await openKey(options({ allowDevelopmentFile: true }))).toEqual(key);
    expect(warnings).toHaveLength(2);
  });

  it('makes no key where a database already lies', async () => {
    writeFileSync(path.join(dataDir, 'yichuang.db'), '');
    await expect(openKey(options(withVault))).rejects.toMatchObject({ code: 'key-record-missing' });
  });
});

describe('every later start', () => {
  it('uses the recorded holder even when a better one has come', async () => {
    const key = await openKey(options(withVault));
    provision();
    expect(await openKey(options(withVault))).toEqual(key);
  });

  it('stops when the vault is locked instead of making a new key', async () => {
    await openKey(options(withVault));
    await expect(openKey(options({ allowDevelopmentFile: true }))).rejects.toMatchObject({ code: 'vault-unavailable' });
  });

  it('stops when the vault cannot read what it once wrapped', async () => {
    await openKey(options(withVault));
    const other = { ...reversing, backend: 'kwallet5', unwrap: () => Promise.reject(new Error('no such key')) };
    await expect(openKey(options({ findOsVault: async () => other }))).rejects.toMatchObject({
      code: 'vault-unavailable',
    });
  });

  it('stops when the provisioned key is another one, missing, open to all, or no key', async () => {
    provision();
    await openKey(options());
    provision('cd'.repeat(32));
    await expect(openKey(options())).rejects.toMatchObject({ code: 'key-changed' });
    provision('not a key');
    await expect(openKey(options())).rejects.toMatchObject({ code: 'key-file-invalid' });
    provision(PROVISIONED, 0o644);
    await expect(openKey(options())).rejects.toMatchObject({ code: 'key-file-open' });
    rmSync(provisionedFile);
    await expect(openKey(options())).rejects.toMatchObject({ code: 'key-file-missing' });
  });

  it('does not open data of a development key in production', async () => {
    await openKey(options({ allowDevelopmentFile: true }));
    await expect(openKey(options(withVault))).rejects.toMatchObject({ code: 'development-key' });
  });

  it('repeats nothing of a damaged record', async () => {
    const { hex } = await openKey(options({ allowDevelopmentFile: true }));
    writeFileSync(path.join(dataDir, 'key.json'), record().replace('"version": 1', '"version": "x"'));
    const failure = await openKey(options({ allowDevelopmentFile: true })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'key-record-invalid' });
    expect(`${failure} ${JSON.stringify(failure)}`).not.toContain(hex);
  });
});
