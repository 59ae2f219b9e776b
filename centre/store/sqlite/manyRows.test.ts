import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareManyRows } from './manyRows.ts';

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  db.exec('CREATE TABLE number (value INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT');
});
afterEach(() => {
  db.close();
});

const prepare = () => prepareManyRows<[number, string]>(db, 'INSERT INTO number (value, word) VALUES (?, ?)');
const stored = () => db.prepare('SELECT value FROM number ORDER BY rowid').pluck().all();

it.each([0, 1, 31, 32, 33, 100])('writes %i rows, each once and in their order', (count) => {
  const rows = prepare()();
  const values = Array.from({ length: count }, (_, index) => index);
  for (const value of values) rows.add(value, 'w');
  rows.flush();
  rows.flush();
  expect(stored()).toEqual(values);
});

it('leaves nothing of a transaction that failed to the next', () => {
  const begin = prepare();
  const write = db.transaction((values: number[]) => {
    const rows = begin();
    for (const value of values) rows.add(value, 'w');
    if (values.includes(2)) throw new Error('refused');
    rows.flush();
  });
  expect(() => write([1, 2])).toThrow('refused');
  write([3]);
  expect(stored()).toEqual([3]);
});
