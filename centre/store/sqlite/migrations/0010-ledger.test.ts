import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/fixtures/centre.ts';
import { migrate, versionOf } from '../migrate.ts';
import { openEncrypted } from '../open.ts';
import { SQL } from '../sql.ts';
import { ledger } from './0010-ledger.ts';

const id = (byte: number) => Buffer.alloc(16, byte);
const hash = (byte: number) => Buffer.alloc(32, byte);

describe('migration 10, ledger', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let db: Database.Database;
  beforeEach(() => {
    folder = temporaryFolder();
    db = openEncrypted(path.join(folder.dir, 'centre.db'), 'ab'.repeat(32));
    migrate(db, [ledger]);
  });
  afterEach(() => {
    db.close();
    folder.remove();
  });

  const addOp = (seq: number, opId = seq) =>
    db.prepare(SQL.addOp).run(id(opId), id(9), 1, seq, 'k', 'case:x', 'main', hash(seq), 0, '{}').lastInsertRowid;

  it('leads from an empty file to version 10, once', () => {
    expect(versionOf(db)).toBe(10);
    addOp(1);
    migrate(db, [ledger]);
    expect(db.prepare('SELECT count(*) AS n FROM op').get()).toEqual({ n: 1 });
  });

  it('keeps the log append-only, whoever asks', () => {
    addOp(1);
    expect(() => db.prepare('UPDATE op SET envelope = ?').run('{"forged":true}')).toThrow(/append-only/);
    expect(() => db.prepare('DELETE FROM op').run()).toThrow(/append-only/);
    expect(() => db.prepare('INSERT OR REPLACE INTO op SELECT * FROM op').run()).toThrow(/append-only/);
  });

  it('holds an op once: by its id, and by its place in the chain', () => {
    addOp(1);
    expect(() => addOp(1, 2)).toThrow(/UNIQUE.*op.device, op.epoch, op.seq/);
    expect(() => addOp(2, 1)).toThrow(/UNIQUE.*op.op_id/);
  });

  it('gives a 受理编号 to one case and a badge number to one person of a hall', () => {
    const insert = db.prepare(
      'INSERT INTO projection (stream, type, version, hall, number, record) VALUES (?, ?, 1, ?, ?, ?)',
    );
    const add = (stream: string, type: string, hall: string, number: string | null) =>
      insert.run(stream, type, hall, number, '{}');
    add('case:1', 'case', 'main', '20261123070001');
    expect(() => add('case:2', 'case', 'other', '20261123070001')).toThrow(/UNIQUE/);
    add('staff:1', 'staff', 'main', '1001');
    add('staff:2', 'staff', 'other', '1001');
    expect(() => add('staff:3', 'staff', 'main', '1001')).toThrow(/UNIQUE/);
    add('session:1', 'session', 'main', null);
    add('session:2', 'session', 'main', null);
  });

  it('allows no result without an op, and no outcome without its reason', () => {
    const add = db.prepare(SQL.addResult);
    expect(() => add.run(7, 'applied', null, null)).toThrow(/FOREIGN KEY/);
    const op = addOp(1);
    expect(() => add.run(op, 'lost', 'x', null)).toThrow(/CHECK/);
    expect(() => add.run(op, 'rejected', null, null)).toThrow(/CHECK/);
    expect(() => add.run(op, 'parked', 'unknown-kind', null)).toThrow(/CHECK/);
    add.run(op, 'parked', 'unknown-kind', 'case:x');
  });
});
