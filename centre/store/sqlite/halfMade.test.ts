import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/centre.ts';
import { loadKeyFile } from '../keyFile.ts';
import { openSqliteStore } from './store.ts';

it('a database that was being made when the power failed is made to its end', () => {
  const folder = temporaryFolder();
  const [begun, cut] = ['begun', 'cut'].map((name) => path.join(folder.dir, name)) as [string, string];
  for (const dir of [begun, cut]) mkdirSync(dir, { recursive: true, mode: 0o700 });
  const key = loadKeyFile(begun, true);
  const db = new Database(path.join(begun, 'centre.db'));
  db.pragma(`cipher='aegis'`);
  db.pragma(`key="raw:${key}"`);
  db.exec('CREATE TABLE half (made TEXT)');
  // Beyond the cache: what is not committed is in the file already, and how it was before in the journal.
  db.pragma('cache_size=1');
  db.exec('BEGIN IMMEDIATE');
  for (let row = 0; row < 200; row += 1) db.prepare('INSERT INTO half VALUES (?)').run('x'.repeat(1000));
  for (const name of ['centre.db', 'centre.db-journal', 'centre.key'])
    copyFileSync(path.join(begun, name), path.join(cut, name));
  db.close();

  openSqliteStore(cut, undefined, { isStart: true }).close();
  const store = openSqliteStore(cut, undefined, { isStart: true });
  expect(store.stats()).toEqual({ ops: 0, cases: 0, devices: 0 });
  store.close();
  folder.remove();
});
