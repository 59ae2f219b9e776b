import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lacksFrames, readSalt, readWalState } from './walState.ts';

let dir: string;
let file: string;
let db: Database.Database;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-wal-'));
  file = path.join(dir, 'a.db');
  db = new Database(file);
  db.pragma('journal_mode=WAL');
  db.exec('CREATE TABLE t (a INTEGER) STRICT');
  db.exec('INSERT INTO t VALUES (1)');
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The files as a power cut leaves them, with so much of the log. */
function cut(bytes: number): string {
  const copy = path.join(dir, 'cut.db');
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  truncateSync(`${copy}-wal`, bytes);
  return copy;
}

function stateOf(copy: string) {
  const opened = new Database(copy, { readonly: true });
  const state = readWalState(opened, copy);
  opened.close();
  return state;
}

it('misses nothing in a log that has begun anew and has no commit yet', () => {
  const said = readWalState(db, file);
  db.pragma('wal_checkpoint(RESTART)');
  db.exec('INSERT INTO t VALUES (2)');
  expect(readSalt(`${file}-wal`)).not.toBe(said?.salt);
  const copy = cut(32);
  expect(stateOf(copy)).toBeNull();
  expect(lacksFrames(said, null, `${copy}-wal`)).toBe(false);
});

it('misses what was in a log of which only the header is left, or not even that', () => {
  const said = readWalState(db, file);
  expect(said?.frames).toBeGreaterThan(0);
  const copy = cut(32);
  expect(lacksFrames(said, stateOf(copy), `${copy}-wal`)).toBe(true);
  const bytes = readFileSync(`${file}-wal`);
  bytes[17] = (bytes[17] ?? 0) ^ 1;
  writeFileSync(`${copy}-wal`, bytes);
  expect(readSalt(`${copy}-wal`)).toBeNull();
  expect(lacksFrames(said, stateOf(copy), `${copy}-wal`)).toBe(true);
});

it('misses nothing where the log was emptied by whoever closed the file', () => {
  const said = readWalState(db, file);
  db.close();
  expect(lacksFrames(said, null, `${file}-wal`)).toBe(false);
});
