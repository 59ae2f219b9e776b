import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpBodies, OpKind } from '../domain/ledger/op.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { migrate } from './migrate.ts';
import { verifyDatabase } from './verify.ts';

/** A day of one window, kept by this machine, and then damage of every kind. */

const PACK = 'blanks:0198a000-0000-7000-8000-0000000000b1';
const COUNT = 'count:0198a000-0000-7000-8000-0000000000b2';
const D = (n: number) => `D${22_000_000_000 + n}`;
const NOW = Date.parse('2026-11-23T02:00:00Z');

let fixture: ReturnType<typeof openTestStore>;
let now: number;
beforeEach(() => {
  now = NOW;
  fixture = openTestStore({ now: () => now });
  append('blanks.received', PACK, { form: 'certificate', first: D(1), count: 20 });
  append('blanks.assigned', PACK, { from: D(1), count: 10, window: 'W07' });
  for (const n of [1, 2, 3]) bind(bookedCase(n), n);
  append('blanks.spoiled', PACK, { serial: D(4), reason: 'jam', witness: '1002', note: '' });
  append('blanks.returned', PACK, { from: D(10), count: 1, witness: '1002', note: '' });
  append('count.closed', COUNT, counted({ counted: 5, expected: 5, papersCounted: 1, papersExpected: 1 }));
});
afterEach(() => fixture.dispose());

function append<K extends OpKind>(kind: K, stream: string, body: OpBodies[K], actor = '1001') {
  return fixture.store.ledger.append({ kind, stream, actor, body });
}

function counted(numbers: { counted: number; expected: number; papersCounted: number; papersExpected: number }) {
  const difference = numbers.counted - numbers.expected;
  return {
    window: 'W07',
    day: '2026-11-23',
    form: 'certificate',
    ...numbers,
    difference,
    witness: '1002',
    note: '',
  } as const;
}

const certificate = (n: number) => `吉(2026)辽源市不动产权第${String(n).padStart(7, '0')}号`;

function bookedCase(n: number): string {
  const stream = caseStream();
  append('case.accepted', stream, acceptance(n, { itemCode: 'C24' }));
  const route = {
    business: 'registration',
    output: 'certificate',
    skipped: ['TAX', 'HOU', 'FEE', 'REV1'],
    siteVisit: false,
  } as const;
  append('case.advanced', stream, { transition: 'T14', data: { route: { ...route, skipped: [...route.skipped] } } });
  append('case.advanced', stream, { transition: 'T23', data: { opinion: '同意' } }, '2005');
  append('case.advanced', stream, { transition: 'T24', data: { opinion: '核准' } }, '2006');
  const certificates = [{ number: certificate(n), kind: 'certificate' as const, holders: ['张三'] }];
  append('case.advanced', stream, { transition: 'T27', data: { certificates } }, '2007');
  return stream;
}

function print(stream: string, n: number, blank = D(n)): void {
  const data = { blanks: [{ number: certificate(n), blank }] };
  append('case.advanced', stream, { transition: 'T28', data }, '2008');
}

function bind(stream: string, n: number): void {
  print(stream, n);
  const body = { serial: D(n), caseId: stream.slice('case:'.length), certificate: certificate(n) };
  append('blanks.bound', PACK, body, '2008');
}

const findings = () => verifyDatabase(fixture.store.db).map(({ code, detail }) => `${code} ${detail}`);
/** Damage done to the file behind the program's back; the projections then differ too, which is not what is asked here. */
const damage = (sql: string) => fixture.store.db.exec(sql);
const found = () => findings().filter((line) => line.startsWith('blank-'));

test('an ordinary day has no findings, and the stock reads as it was left', () => {
  expect(findings()).toEqual([]);
  const { blanks } = fixture.store;
  expect(blanks.next('W07', 'certificate')).toEqual({ serial: D(5), remaining: 5 });
  expect(blanks.inStore()).toEqual([{ form: 'certificate', count: 11 }]);
  expect(blanks.balances('2026-11-23')).toMatchObject([
    { window: 'W07', opening: 0, received: 10, printed: 3, voided: 1, returned: 1, lost: 0, closing: 5, papers: 1 },
  ]);
  expect(blanks.balances('2026-11-22')).toMatchObject([
    { opening: 0, received: 0, printed: 0, closing: 0, count: null },
  ]);
  expect(blanks.list({ window: 'W07', state: 'BOUND' }, 10).map((row) => row.serial)).toEqual([D(1), D(2), D(3)]);
  expect(blanks.list({ state: 'VOID' }, 10)).toMatchObject([{ serial: D(4), window: 'W07' }]);
  expect(blanks.linesOf(D(10)).map((line) => line.kind)).toEqual([
    'blanks.received',
    'blanks.assigned',
    'blanks.returned',
  ]);
});

test('a day that is not counted, or not signed, keeps the drawer from printing', () => {
  const { blanks } = fixture.store;
  const open = () => blanks.openDay('W07', 'certificate', '2026-11-24');
  expect(open()).toBeNull();
  expect(blanks.openDay('W07', 'certificate', '2026-11-23')).toBeNull();
  append('count.closed', COUNT, counted({ counted: 4, expected: 5, papersCounted: 1, papersExpected: 1 }));
  expect(open()).toEqual({ day: '2026-11-23', awaits: 'signature' });
  append('count.signed', COUNT, { note: '已查' }, '9001');
  expect(open()).toBeNull();
  bind(bookedCase(5), 5);
  expect(open()).toEqual({ day: '2026-11-23', awaits: 'count' });
});

test('a print spoiled the day after shows on that day, and yesterday stays as it was counted', () => {
  now += 24 * 3_600_000;
  const { caseId } = fixture.store.blanks.find(D(2)) ?? {};
  const spoiled = { blank: D(2), reason: 'misprint', note: '偏移', witness: '1002' } as const;
  append('case.advanced', `case:${caseId ?? ''}`, { transition: 'T30', data: spoiled }, '2008');
  const { blanks } = fixture.store;
  expect(blanks.balances('2026-11-23')).toMatchObject([{ printed: 3, voided: 1, closing: 5, papers: 1 }]);
  expect(blanks.balances('2026-11-24')).toMatchObject([{ opening: 5, printed: 0, voided: 0, closing: 5, papers: 1 }]);
  expect(blanks.find(D(2))).toMatchObject({ state: 'VOID', certificate: certificate(2) });
  expect(blanks.spoiledBy(D(2))).toMatchObject({ reason: 'misprint', note: '偏移', by: '2008' });
  expect(findings()).toEqual([]);
});

test('a blank that two cases name is found', () => {
  print(bookedCase(9), 9, D(1));
  expect(found()).toEqual([
    `blank-used-twice ${D(1)}: 2 times`,
    `blank-not-in-custody ${D(1)}: not given to this case`,
  ]);
});

test('a blank printed without custody is found', () => {
  print(bookedCase(8), 8, D(7));
  print(bookedCase(9), 9, D(99));
  expect(found()).toEqual([
    `blank-not-in-custody ${D(7)}: not given to this case`,
    `blank-not-in-custody ${D(99)}: in no pack`,
  ]);
});

test('a blank that was moved without an op does not add up, nor does a changed line of the book', () => {
  damage(`UPDATE blank SET state = 'ASSIGNED', place = 'W03' WHERE serial = '${D(15)}'`);
  expect(found()).toEqual([
    'blank-balance STORE certificate: 11 by the book, 10 by the packs',
    'blank-balance W03 certificate: 0 by the book, 1 by the packs',
  ]);
  damage(`UPDATE blank SET state = 'IN_STORE', place = 'STORE' WHERE serial = '${D(15)}'`);
  expect(found()).toEqual([]);
  damage(`UPDATE blank_movement SET count = 9 WHERE kind = 'blanks.assigned'`);
  expect(found()).toHaveLength(3);
  expect(findings()).toContainEqual(expect.stringMatching(/^projection-differs blank_movement /));
});

test('a count that was held against another number is found', () => {
  append('count.closed', COUNT, counted({ counted: 6, expected: 6, papersCounted: 1, papersExpected: 1 }));
  expect(found()).toEqual(['blank-balance W07 certificate 2026-11-23: counted against 6, the book says 5']);
});

test('0080 keeps the rows of the version before, and looks blanks up by index', () => {
  const db = new Database(':memory:');
  migrate(db, 60);
  db.exec("INSERT INTO case_file VALUES (1, x'01', 1, 'ACCEPTED', '20261123070001', 1, 1, 1, '{}')");
  migrate(db, 80);
  expect(db.prepare('SELECT count(*) AS n FROM case_file').get()).toEqual({ n: 1 });
  const plan = (sql: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join('\n');
  expect(plan("SELECT min(serial), count(*) FROM blank WHERE place = 'W07' AND form = 'proof'")).toContain(
    'COVERING INDEX blank_place',
  );
  expect(plan("SELECT 1 FROM blank_movement WHERE day >= '2026-11-23'")).toContain('blank_movement_day');
  expect(plan("SELECT 1 FROM blank_use WHERE serial = 'x'")).toContain('blank_use_serial');
  expect(plan('SELECT 1 FROM blank_count WHERE open = 1')).toContain('blank_count_open');
});

const AGAIN = 'blanks:0198a000-0000-7000-8000-0000000000b3';
const inStore = (form: string) =>
  fixture.store.db.prepare("SELECT count(*) FROM blank WHERE place = 'STORE' AND form = ?").pluck().get(form);

test('a delivery that a centre put back received once more is there once, and the pack that it lost is not', () => {
  append('blanks.received', 'blanks:0198a000-0000-7000-8000-0000000000b4', { form: 'proof', first: D(101), count: 20 });
  now += 1000;
  append('blanks.received', AGAIN, { form: 'proof', first: D(111), count: 20 });
  append('blanks.assigned', AGAIN, { from: D(111), count: 5, window: 'W07' });
  expect(findings()).toEqual([]);
  expect(inStore('proof')).toBe(15);
});

test('of two packs with the same blanks the one that was received last counts, also when it was read first', () => {
  append('blanks.received', AGAIN, { form: 'proof', first: D(101), count: 20 });
  now -= 1000;
  append('blanks.received', 'blanks:0198a000-0000-7000-8000-0000000000b4', { form: 'proof', first: D(101), count: 20 });
  now += 2000;
  append('blanks.assigned', AGAIN, { from: D(101), count: 5, window: 'W07' });
  expect(findings()).toEqual([]);
  expect(inStore('proof')).toBe(15);
});
