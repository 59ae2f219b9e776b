import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { KeyUnavailable } from './keyUnavailable.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const common = { version: z.literal(1), fingerprint: z.string().regex(/^[0-9a-f]{16}$/) };

/** `<data>/key.json`: which holder has the data key, and what that holder needs to give it back. */
const keyRecord = z.discriminatedUnion('holder', [
  z.strictObject({ ...common, holder: z.literal('os-vault'), backend: z.string(), wrapped: z.base64() }),
  z.strictObject({ ...common, holder: z.literal('provisioned-file') }),
  z.strictObject({ ...common, holder: z.literal('development-file'), hex }),
]);

export type KeyRecord = z.infer<typeof keyRecord>;

/** Tells a wrong key from a broken database, and nothing about the key: it is 256 random bits. */
export function fingerprintOf(keyHex: string): string {
  return createHash('sha256').update(`yichuang data key\0${keyHex}`).digest('hex').slice(0, 16);
}

/**
 * @returns null when there is none
 * @throws KeyUnavailable `key-record-invalid`
 */
export function readRecord(dataDir: string): KeyRecord | null {
  const file = recordFile(dataDir);
  if (!existsSync(file)) return null;
  try {
    return keyRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The parser's own message may quote the key.
    throw new KeyUnavailable('key-record-invalid', file);
  }
}

/** Durable before it returns: a database whose key record was lost with the power is lost too. */
export function writeRecord(dataDir: string, record: KeyRecord): void {
  const file = recordFile(dataDir);
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(record, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  if (process.platform === 'win32') return;
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function recordFile(dataDir: string): string {
  return path.join(dataDir, 'key.json');
}
