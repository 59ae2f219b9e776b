import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/centre.ts';
import { versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openDatabase, openEncrypted } from './open.ts';

describe('opening the centre database', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('is durable on the first open and on every later one', () => {
    for (let time = 1; time <= 3; time += 1) {
      const db = openDatabase(folder.dir);
      const setting = (name: string) => db.pragma(name, { simple: true });
      expect(setting('journal_mode')).toBe('wal');
      expect(setting('synchronous')).toBe(2);
      expect(setting('foreign_keys')).toBe(1);
      expect(setting('trusted_schema')).toBe(0);
      expect(setting('temp_store')).toBe(2);
      db.close();
    }
  });

  it('makes a new file of larger pages, and leaves an older one as it is', () => {
    const file = path.join(folder.dir, 'old.db');
    const key = 'ab'.repeat(32);
    const older = new Database(file);
    older.pragma(`cipher='aegis'`);
    older.pragma(`key="raw:${key}"`);
    older.exec('CREATE TABLE kept (value TEXT) STRICT');
    older.close();
    const pageSize = (db: Database.Database) => db.pragma('page_size', { simple: true });
    for (let time = 1; time <= 2; time += 1) {
      const opened = openEncrypted(file, key);
      expect(pageSize(opened)).toBe(4096);
      expect(opened.prepare('SELECT * FROM kept').all()).toEqual([]);
      opened.close();
      const made = openDatabase(folder.dir);
      expect(pageSize(made)).toBe(8192);
      made.close();
    }
  });

  it('writes nothing in clear, neither in the file nor in its log', () => {
    const db = openDatabase(folder.dir);
    const code = Buffer.alloc(32, 1);
    db.prepare("INSERT INTO enrolment_code VALUES (?, ?, ?, 1, NULL, NULL, 'terminal')").run(
      code,
      'terminal-in-clear',
      'main',
    );
    const files = readdirSync(folder.dir).filter((name) => name.startsWith('centre.db'));
    expect(files).toContain('centre.db-wal');
    for (const name of files) {
      const bytes = readFileSync(path.join(folder.dir, name));
      expect(bytes.includes('terminal-in-clear'), name).toBe(false);
      expect(bytes.includes('SQLite format 3'), name).toBe(false);
    }
    db.close();
  });

  it('refuses another key in plain words', () => {
    openDatabase(folder.dir).close();
    expect(() => openEncrypted(path.join(folder.dir, 'centre.db'), 'ab'.repeat(32))).toThrow(/wrong key/);
  });

  it('refuses a database that a newer program has written', () => {
    const db = openDatabase(folder.dir);
    expect(versionOf(db)).toBe(MIGRATIONS.at(-1)?.number);
    db.pragma('user_version=9990');
    db.close();
    expect(() => openDatabase(folder.dir)).toThrow(/version 9990/);
  });
});
