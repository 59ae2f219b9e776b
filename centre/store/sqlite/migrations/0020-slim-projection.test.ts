import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/fixtures/centre.ts';
import { OpMaker } from '../../../../tests/fixtures/opMaker.ts';
import { prepareLedger } from '../ledger.ts';
import { migrate, versionOf } from '../migrate.ts';
import { openEncrypted } from '../open.ts';
import { SQL } from '../sql.ts';
import { ledger } from './0010-ledger.ts';
import { slimProjection } from './0020-slim-projection.ts';

/** Questions over many rows: each reads an index that holds nothing else. */
const OVER_MANY: Readonly<Record<string, RegExp>> = {
  parkedOps: /op_result_parked|^SEARCH|TEMP B-TREE FOR ORDER BY/,
  // Once at a start, and only where something is parked.
  publishedParked: /^SCAN scope_row$|op_result_parked|^LIST SUBQUERY|BLOOM FILTER|TEMP B-TREE FOR DISTINCT/,
  casesUnderNotice: /projection_public_notice/,
  openPayments: /projection_open_payment/,
  paymentsOfDay: /^MERGE|^LEFT|^RIGHT|TEMP B-TREE FOR ORDER BY|USING INDEX projection_payment_/,
};

const id = (byte: number) => Buffer.alloc(16, byte);
const hash = (byte: number) => Buffer.alloc(32, byte);

describe('migration 20, the acceptance stands in the log once', () => {
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

  it('reads every entity after it as before it', () => {
    const maker = new OpMaker({ name: 'a' });
    const accepted = maker.acceptCase();
    const printed = maker.printSlip(accepted.stream);
    const refused = maker.acceptCase({ number: '20261123079999' });
    const addOp = db.prepare(SQL.addOp);
    for (const [index, op] of [accepted, printed, refused].entries()) {
      const seq = index + 1;
      const envelope = JSON.stringify(op);
      addOp.run(id(seq), id(9), 1, seq, op.kind, op.stream, 'main', hash(seq), 0, envelope);
    }
    const addResult = db.prepare(SQL.addResult);
    addResult.run(1, 'applied', null, null);
    addResult.run(2, 'applied', null, null);
    addResult.run(3, 'rejected', 'duplicate-case-number', null);
    const caseRecord = { id: accepted.stream.slice(5), version: 2, state: 'ACCEPTED', acceptance: accepted.body };
    const staffRecord = { id: 'x', version: 1, number: '1001', name: '王敏' };
    const add = db.prepare(
      'INSERT INTO projection (stream, type, version, hall, number, record) VALUES (?, ?, ?, ?, ?, ?)',
    );
    add.run(accepted.stream, 'case', 2, 'main', accepted.body.number, JSON.stringify(caseRecord));
    add.run('staff:x', 'staff', 1, 'main', '1001', JSON.stringify(staffRecord));

    migrate(db, [ledger, slimProjection]);

    expect(versionOf(db)).toBe(20);
    // The statements are those of the newest version.
    migrate(db);
    const { known } = prepareLedger(db);
    expect(known.findEntity(accepted.stream)).toEqual({ hall: 'main', entity: { type: 'case', record: caseRecord } });
    expect(known.findEntity('staff:x')).toEqual({ hall: 'main', entity: { type: 'staff', record: staffRecord } });
    expect(known.findEntity(refused.stream)).toBeNull();
    expect(known.findCaseByNumber(String(accepted.body.number))).toBe(accepted.stream);
    expect(db.prepare(`SELECT record FROM projection WHERE type = 'case'`).pluck().get()).not.toContain('acceptance');
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('gives a 受理编号 to one case and a badge number to one person of a hall', () => {
    migrate(db, [ledger, slimProjection]);
    db.prepare(SQL.addOp).run(id(1), id(9), 1, 1, 'k', 'case:1', 'main', hash(1), 0, '{}');
    const add = (stream: string, type: string, hall: string, number: string | null) =>
      db.prepare(SQL.addEntity).run(stream, type, 1, hall, number, type === 'case' ? 1 : null, '{}');
    add('case:1', 'case', 'main', '20261123070001');
    expect(() => add('case:2', 'case', 'other', '20261123070001')).toThrow(/UNIQUE/);
    add('staff:1', 'staff', 'main', '1001');
    add('staff:2', 'staff', 'other', '1001');
    expect(() => add('staff:3', 'staff', 'main', '1001')).toThrow(/UNIQUE/);
    expect(() => db.prepare(SQL.addEntity).run('case:3', 'case', 1, 'main', '20261123070003', null, '{}')).toThrow(
      /CHECK/,
    );
  });

  it('runs every statement of the store by an index, none by reading a table', () => {
    migrate(db);
    for (const [name, sql] of Object.entries(SQL)) {
      const values = sql.split('?').length - 1;
      const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(values).fill(1));
      for (const { detail } of plan) {
        expect(detail, `${name}: ${detail}`).toMatch(OVER_MANY[name] ?? /^SEARCH/);
      }
    }
    const plan = (sql: string, ...values: unknown[]) =>
      db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    expect(plan(SQL.findEntity, 's').map(({ detail }) => detail)).toEqual([
      'SEARCH projection USING PRIMARY KEY (stream=?)',
      'SEARCH op USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ]);
    expect(plan(SQL.findCaseByNumber, 'n')[0]?.detail).toContain('projection_case_number');
    expect(plan(SQL.findStaffByNumber, 'h', 'n')[0]?.detail).toContain('projection_staff_number');
  });
});
