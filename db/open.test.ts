import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OPEN_PRAGMAS, openDatabase } from './open.ts';

const KEY = 'ab'.repeat(32);
let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-open-'));
  file = path.join(dir, 'a.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function createFile(): void {
  const db = openDatabase({ file, keyHex: KEY });
  db.exec("CREATE TABLE person (name TEXT); INSERT INTO person VALUES ('欧阳测试 220402199003071231')");
  db.close();
}

test('an existing database is opened with synchronous FULL in WAL', () => {
  createFile();
  const db = openDatabase({ file, keyHex: KEY });
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  db.close();
});

test('an existing database that would open without FULL is refused', () => {
  createFile();
  const withoutFull = OPEN_PRAGMAS.filter((pragma) => !pragma.startsWith('synchronous')).concat();
  expect(() => openDatabase({ file, keyHex: KEY, pragmas: [...withoutFull, 'synchronous=NORMAL'] })).toThrow(
    'not-durable',
  );
});

test('the file is not readable with another key and is left as it is', () => {
  createFile();
  const before = readFileSync(file);
  expect(() => openDatabase({ file, keyHex: 'cd'.repeat(32) })).toThrow('wrong-key');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('neither a name nor an identity number lies in clear in the file or its log', () => {
  const db = openDatabase({ file, keyHex: KEY });
  db.exec("CREATE TABLE person (name TEXT); INSERT INTO person VALUES ('欧阳测试 220402199003071231')");
  for (const part of [file, `${file}-wal`]) {
    const bytes = readFileSync(part);
    expect(bytes.includes('220402199003071231')).toBe(false);
    expect(bytes.includes('欧阳测试')).toBe(false);
  }
  db.close();
});
