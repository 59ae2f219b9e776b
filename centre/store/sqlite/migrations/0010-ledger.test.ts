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

  it('runs every statement of the store by an index, none by reading a table', () => {
    for (const [name, sql] of Object.entries(SQL)) {
      const values = sql.split('?').length - 1;
      const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(values).fill(1));
      for (const { detail } of plan) {
        // The one question over many rows: reads the index of parked ops, which holds nothing else.
        const allowed = name === 'parkedOps' ? /op_result_parked|^SEARCH|TEMP B-TREE FOR ORDER BY/ : /^SEARCH/;
        expect(detail, `${name}: ${detail}`).toMatch(allowed);
      }
    }
    const plan = (sql: string, ...values: unknown[]) =>
      db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    expect(plan(SQL.readScope, 1, 1, 1).map(({ detail }) => detail)).toEqual([
      'SEARCH scope_row USING PRIMARY KEY (scope=? AND pos>?)',
      'SEARCH op USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
    expect(plan(SQL.findCaseByNumber, 'n')[0]?.detail).toContain('projection_case_number');
    expect(plan(SQL.findStaffByNumber, 'h', 'n')[0]?.detail).toContain('projection_staff_number');
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
    const add = (stream: string, type: string, hall: string, number: string | null) =>
      db.prepare(SQL.setEntity).run(stream, type, 1, hall, number, '{}');
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
