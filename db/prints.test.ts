import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpBodies } from '../domain/ledger/op.ts';
import type { PrintOpKind } from '../domain/printJob/types.ts';
import { putPrintedCase } from '../tests/fixtures/printedCase.ts';
import { preparedPrint } from '../tests/fixtures/printJob.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { beginEpochAfterLoss } from './newEpoch.ts';
import { FedSheetError } from './prints.ts';
import { verifyDatabase } from './verify.ts';

/** The journal of a printer in its file: what it keeps for ever, and what it says when somebody has been at it. */

const DAY = 24 * 60 * 60_000;
const PERIODS = { endedCases: 7, openCases: 30, drafts: 30, appointments: 90, tickets: 90 };
const Z = (n: number) => `Z${22_000_000_000 + n}`;
const N = (n: number) => `吉(2026)辽源市不动产证明第${String(n).padStart(7, '0')}号`;

let now = Date.parse('2026-11-23T02:00:00Z');
let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  now = Date.parse('2026-11-23T02:00:00Z');
  fixture = openTestStore({ now: () => now });
});
afterEach(() => fixture.dispose());

/** A case that waits at the printer with its blank. */
function printingCase(n: number) {
  const number = `2026112307${String(n).padStart(4, '0')}`;
  const { ledger, cases } = fixture.store;
  const sheet = { number, certificate: N(n), blank: Z(n) };
  putPrintedCase((stream, kind, actor, body) => ledger.append({ kind, stream, actor, body }), sheet);
  return { caseId: cases.find(number)?.record.id ?? '', certificate: N(n), blank: Z(n) };
}

function move<K extends PrintOpKind>(job: string, kind: K, body: OpBodies[K]) {
  return fixture.store.prints.move(job, kind, '2008', body);
}

function send(about: ReturnType<typeof printingCase>, job = v7()): string {
  move(job, 'print.prepared', preparedPrint(about));
  move(job, 'print.sending', {});
  return job;
}

const verify = () => verifyDatabase(fixture.store.db);

describe('a sheet', () => {
  test('is fed for one job only, whatever a program asks, and nothing of the other is written', () => {
    const about = printingCase(1);
    const job = send(about);
    const other = v7();
    const anew = preparedPrint({ ...about, certificate: N(2) });
    move(other, 'print.prepared', anew);
    const before = fixture.store.ledger.head().seq;
    expect(() => move(other, 'print.sending', {})).toThrow(/UNIQUE|fed for another job/);
    expect(fixture.store.ledger.head().seq).toBe(before);
    expect(fixture.store.prints.find(other)?.state).toBe('PREPARED');
    expect(fixture.store.prints.fedFor(Z(1))).toBe(job);
  });

  test('of a forgotten case stays fed: its job is gone, its number is not', async () => {
    const about = printingCase(1);
    const job = send(about);
    move(job, 'print.sent', {});
    const newest = printingCase(2);
    const run = () => fixture.store.retention.run(PERIODS, fixture.store.ledger.head().seq, now, async () => {});
    now += 31 * DAY;
    // While somebody still has to answer for it, it is kept.
    expect(await run()).toMatchObject({ openCases: 0 });
    move(job, 'print.confirmed', { serial: Z(1) });
    expect(await run()).toMatchObject({ openCases: 1 });
    expect(fixture.store.prints.find(job)).toBeNull();
    expect(fixture.store.prints.fedFor(Z(1))).toBe(job);
    const again = v7();
    move(again, 'print.prepared', preparedPrint({ ...newest, blank: Z(1) }));
    expect(() => move(again, 'print.sending', {})).toThrow(FedSheetError);
    expect(verify()).toEqual([]);
  });

  test('that the printer refused before the first byte is fed again for the same job', () => {
    const job = send(printingCase(1));
    move(job, 'print.held', { why: 'certificate-not-started' });
    expect(move(job, 'print.sending', {}).state).toBe('SENDING');
  });
});

test('a certificate number is on one sheet of a machine at a time', () => {
  const about = printingCase(1);
  const job = send(about);
  const second = preparedPrint({ ...about, blank: Z(9) });
  expect(() => move(v7(), 'print.prepared', second)).toThrow('UNIQUE');
  move(job, 'print.unknown', { why: 'restart' });
  move(job, 'print.spoiled', { reason: 'jam', note: '', witness: '1001' });
  expect(move(v7(), 'print.prepared', second).state).toBe('PREPARED');
});

test('a machine that goes on from older data knows from when its journal is whole', () => {
  expect(fixture.store.prints.wentBackAt()).toBeNull();
  now += 60_000;
  beginEpochAfterLoss(fixture.store, { reason: 'restored', above: 1, now });
  expect(fixture.store.prints.wentBackAt()).toBe(new Date(now).toISOString());
});

test('where certificates can be printed is said once, and taken back', () => {
  const { prints, ledger } = fixture.store;
  prints.announce('W07', null);
  expect(ledger.head().seq).toBe(0);
  prints.announce('W07', 'escp');
  prints.announce('W07', 'escp');
  expect(ledger.head().seq).toBe(1);
  expect(prints.printers()).toEqual([{ terminal: 'W07', driver: 'escp' }]);
  prints.announce('W07', null);
  prints.announce('W07', null);
  expect(ledger.head().seq).toBe(2);
  expect(prints.printers()).toEqual([]);
});

describe('verify', () => {
  beforeEach(() => {
    const job = send(printingCase(1));
    move(job, 'print.sent', {});
  });

  test('finds nothing in a journal that is whole', () => {
    expect(verify()).toEqual([]);
  });

  test.each([
    ['a sheet that is no longer taken', 'DELETE FROM fed_sheet', 'sheet-not-taken'],
    [
      'a sheet taken for nobody',
      `INSERT INTO fed_sheet VALUES ('Z22000000009', x'01020304050607080910111213141516', 't')`,
      'sheet-without-job',
    ],
    ['a state that the log does not give', "UPDATE print_job SET state = 'CONFIRMED'", 'projection-differs'],
    ['a sheet the stock book gave to nobody', 'UPDATE blank SET case_id = NULL', 'blank-not-in-custody'],
  ])('names %s', (_what, sql, code) => {
    fixture.store.db.exec(sql);
    expect(verify().map((finding) => finding.code)).toContain(code);
  });
});
