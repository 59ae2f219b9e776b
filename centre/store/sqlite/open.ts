import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { loadKeyFile } from '../keyFile.ts';
import { StoreOpenError } from '../storeOpenError.ts';
import { migrate, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** How long a command waits for another process that writes, in ms. */
const BUSY_TIMEOUT_MS = 5000;

const PAGE_SIZE = 8192;

/** 16 MiB of log between checkpoints: an eighth less work per op than with 4 MiB, measured; more brought nothing. */
export const CHECKPOINT_FRAMES = 2000;

/**
 * Opens `centre.db` of a data directory, creating directory, key and tables at first use.
 * @param busyTimeoutMs how long to wait for another process that writes; the whole process waits
 * @throws StoreOpenError when the key does not fit, a setting does not hold, or the file is from a newer program
 * @throws KeyFileError
 */
export function openDatabase(dataDir: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Database.Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'centre.db');
  const db = openEncrypted(path, loadKeyFile(dataDir, !existsSync(path)), busyTimeoutMs);
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/**
 * Opens the file of a centre, running or not, to look at it: nothing is created, migrated or written.
 * @throws StoreOpenError when there is none, or it is of another version than this program
 * @throws KeyFileError
 */
export function openToRead(dataDir: string): Database.Database {
  const path = join(dataDir, 'centre.db');
  if (!existsSync(path)) throw new StoreOpenError(`no centre.db in ${dataDir}`);
  const db = openEncryptedToRead(path, loadKeyFile(dataDir, false));
  try {
    const [found, newest] = [versionOf(db), MIGRATIONS.at(-1)?.number ?? 0];
    if (found !== newest) throw new StoreOpenError(`the database is at version ${found}, this program knows ${newest}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @param key 64 hex digits */
export function openEncryptedToRead(path: string, key: string): Database.Database {
  const db = new Database(path, { readonly: true });
  try {
    applyKey(db, path, key);
    setAndAssert(db, 'trusted_schema', 'OFF', 0);
    setAndAssert(db, 'temp_store', 'MEMORY', 2);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** @param key 64 hex digits */
export function openEncrypted(path: string, key: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Database.Database {
  const db = new Database(path, { timeout: busyTimeoutMs });
  try {
    applyKey(db, path, key);
    // Of a new file; an older one keeps its own. An op of 1 to 2 KiB wastes less of a larger page (docs/adr/0046).
    db.pragma(`page_size=${PAGE_SIZE}`);
    configure(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function applyKey(db: Database.Database, path: string, key: string): void {
  // AEGIS-256, as on the terminals (docs/adr/0002).
  db.pragma(`cipher='aegis'`);
  db.pragma(`key="raw:${key}"`);
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
      throw new StoreOpenError(`${path}: wrong key, or not a database`, { cause: error });
    }
    throw error;
  }
}

/**
 * Each setting is set and then read back: SQLite ignores what it does not like, and a re-opened WAL file comes up with
 * synchronous=NORMAL in both builds, where a power cut loses what was acknowledged (design.md §4).
 */
function configure(db: Database.Database): void {
  setAndAssert(db, 'journal_mode', 'WAL', 'wal');
  setAndAssert(db, 'synchronous', 'FULL', 2);
  setAndAssert(db, 'foreign_keys', 'ON', 1);
  setAndAssert(db, 'trusted_schema', 'OFF', 0);
  // Without it INSERT OR REPLACE deletes behind the triggers that keep the log append-only.
  setAndAssert(db, 'recursive_triggers', 'ON', 1);
  // Sorts and temporary indexes would otherwise go to files outside the encryption.
  setAndAssert(db, 'temp_store', 'MEMORY', 2);
  setAndAssert(db, 'wal_autocheckpoint', String(CHECKPOINT_FRAMES), CHECKPOINT_FRAMES);
  setAndAssert(db, 'cache_size', '-65536', -65_536);
}

function setAndAssert(db: Database.Database, name: string, value: string, expected: string | number): void {
  db.pragma(`${name}=${value}`);
  const actual = db.pragma(name, { simple: true });
  if (actual !== expected) throw new StoreOpenError(`${name} is ${String(actual)} instead of ${expected}`);
}
