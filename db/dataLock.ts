import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from './open.ts';

const LOCK_FILE = 'in-use';

/**
 * One program on one data folder: two would give the same numbers. Held by the operating system for as long as the
 * returned object is open, so that a crash leaves nothing behind.
 * @throws StoreError `in-use`
 */
export function lockData(dir: string): { release(): void } {
  const db = new Database(path.join(dir, LOCK_FILE), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new StoreError('in-use', 'another program works with this folder', error);
  }
  return {
    release() {
      if (db.open) db.close();
    },
  };
}
