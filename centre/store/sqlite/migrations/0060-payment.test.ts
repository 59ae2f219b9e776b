import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { preparePayments } from '../payments.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

const BEFORE = MIGRATIONS.filter(({ number }) => number < 60);

it('migration 60 keeps what is there, and finds payments by case, day, receipt and what is open', async () => {
  const db = new Database(':memory:');
  migrate(db, BEFORE);
  const add = db.prepare(
    `INSERT INTO projection (stream, type, version, hall, number, source, record) VALUES (?, ?, 1, 'main', NULL, NULL, ?)`,
  );
  add.run('staff:1', 'staff', '{}');
  const record = (state: string, at: string | null) =>
    JSON.stringify({ id: 'p', caseId: 'c', state, paid: at && { at, receipt: 'R1' }, failure: null, refund: null });
  add.run('payment:1', 'payment', record('REQUESTED', null));

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 60),
  );
  add.run('payment:2', 'payment', record('PAID', '2026-11-23T01:00:00.000Z'));

  const payments = preparePayments(db);
  expect(payments.openPayments()).toMatchObject([{ hall: 'main', record: { state: 'REQUESTED' } }]);
  const ofDay = (from: string, to: string) => payments.paymentsOfDay('main', from, to).map(({ state }) => state);
  expect(ofDay('2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z')).toEqual(['PAID']);
  expect(ofDay('2026-11-23T01:00:00.001Z', '2026-11-24T00:00:00.000Z')).toEqual([]);
  expect(db.prepare(SQL.findPaymentsOfCase).all('c')).toEqual([{ stream: 'payment:1' }, { stream: 'payment:2' }]);
  expect(db.prepare(SQL.findPaymentByReceipt).all('main', 'R1')).toEqual([{ stream: 'payment:2' }]);

  const id = '0198a000-0000-7000-8000-0000000000b1';
  expect(payments.findPayCode(id)).toBeNull();
  await payments.setPayCode(id, 'first');
  await payments.setPayCode(id, 'second');
  expect(payments.findPayCode(id)).toBe('second');
  expect(db.prepare(`SELECT count(*) FROM projection WHERE type = 'staff'`).pluck().get()).toBe(1);
  db.close();
});
