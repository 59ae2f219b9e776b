import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HALL_SQL } from '../hallSql.ts';
import { migrate, versionOf } from '../migrate.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 220),
  );
});
afterEach(() => {
  db.close();
});

const add = (stream: string, type: string, record: object, hall = 'main') =>
  db.prepare(SQL.addEntity).run(stream, type, 1, hall, null, null, JSON.stringify(record));
const upTo220 = () =>
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 220),
  );

it('finds what an older program has kept of windows, plans, tickets and appointments', () => {
  const records = {
    ticket: { id: 't', day: '2026-11-27', number: 'A001', state: 'WAITING' },
    lease: { id: 'l', day: '2026-11-27' },
    window: { id: 'w', terminal: 'W03' },
    plan: { id: 'p' },
    issue: { id: 'i' },
    appointment: { id: 'a', code: '12345678', state: 'booked' },
  };
  for (const [type, record] of Object.entries(records)) add(`${type}:1`, type, record);
  upTo220();
  expect(versionOf(db)).toBe(220);
  const ask = (sql: string, ...values: string[]) =>
    (db.prepare(sql).all(...values) as { record: string }[]).map(({ record }) => JSON.parse(record));
  expect(ask(HALL_SQL.ticketsOf, 'main', '2026-11-27')).toEqual([records.ticket]);
  expect(ask(HALL_SQL.ticketsOf, 'main', '2026-11-28')).toEqual([]);
  expect(ask(HALL_SQL.ticketsOf, 'branch', '2026-11-27')).toEqual([]);
  expect(ask(HALL_SQL.openTickets)).toEqual([records.ticket]);
  expect(ask(HALL_SQL.leasesOf, 'main', '2026-11-27')).toEqual([records.lease]);
  expect(ask(HALL_SQL.windowsOf, 'main')).toEqual([records.window]);
  expect(ask(HALL_SQL.planOf, 'main')).toEqual([records.plan]);
  expect(ask(HALL_SQL.stopsOf, 'main')).toEqual([records.issue]);
  expect(ask(HALL_SQL.findAppointment, 'main', '12345678')).toEqual([records.appointment]);
  expect(ask(HALL_SQL.bookedAppointments)).toEqual([records.appointment]);
});

it('gives a number once on a day and a code once in a hall', () => {
  upTo220();
  add('ticket:1', 'ticket', { day: '2026-11-27', number: 'A001' });
  add('ticket:2', 'ticket', { day: '2026-11-28', number: 'A001' });
  add('ticket:3', 'ticket', { day: '2026-11-27', number: 'A001' }, 'branch');
  expect(() => add('ticket:4', 'ticket', { day: '2026-11-27', number: 'A001' })).toThrow(/UNIQUE/);
  add('appointment:1', 'appointment', { code: '12345678' });
  expect(() => add('appointment:2', 'appointment', { code: '12345678' })).toThrow(/UNIQUE/);
});

it('asks nothing by reading a table', () => {
  upTo220();
  /** Over many rows: an index that holds nothing else. */
  const overMany: Readonly<Record<string, RegExp>> = {
    openTickets: /USING INDEX projection_ticket_open/,
    bookedAppointments: /USING INDEX projection_appointment_booked/,
  };
  for (const [name, sql] of Object.entries(HALL_SQL)) {
    if (sql.startsWith('PRAGMA') || sql.startsWith('INSERT')) continue;
    const values = Array(sql.split('?').length - 1).fill(1);
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    for (const { detail } of plan) expect(detail, `${name}: ${detail}`).toMatch(overMany[name] ?? /^SEARCH/);
  }
});
