import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolderNow } from '../../disk/syncFolder.ts';

export class KeyFileError extends Error {
  override name = 'KeyFileError';
}

/** Shown at every start that uses a key file: who copies the folder has the key as well. */
export const KEY_FILE_WARNING =
  'the key of the database lies beside it (centre.key): keep the folder private, and back up the keys apart from the data';

/**
 * The database key of a data directory: 32 bytes as 64 hex digits in `centre.key`, readable by its owner alone.
 * @param mayCreate false when a database exists already: a new key would only hide that the right one is gone
 * @throws KeyFileError when the file is missing, malformed or readable by others; the key itself is never repeated
 */
export function loadKeyFile(dataDir: string, mayCreate: boolean): string {
  const path = join(dataDir, 'centre.key');
  if (mayCreate) createPrivateFile(path, randomBytes(32).toString('hex'));
  let text: string;
  try {
    assertPrivate(path);
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new KeyFileError(`cannot read ${path}: the database beside it cannot be opened without its key`, {
      cause: error,
    });
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new KeyFileError(`${path} is not a key file: expected 64 hex digits`);
  return text;
}

/** Atomic: of two processes that start at once both get the file of the first, never half a one. */
export function createPrivateFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  // The name must survive a power cut before the first row encrypted with the key does.
  syncFolderNow(dirname(path));
}

/** @throws KeyFileError when others may read it */
export function assertPrivate(path: string): void {
  // Windows keeps rights in ACLs, which `mode` does not show.
  if (process.platform === 'win32') return;
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new KeyFileError(`${path} is readable by others (mode ${mode.toString(8)}): run chmod 600 on it`);
  }
}
