import { describe, expect, test } from 'vitest';
import type { PrintJob } from '../../../contract/rpc/certificate.ts';
import type { PrintState } from '../../../domain/printJob/types.ts';
import { acceptedCase, lane, settleLanes, step, WALKER_STAFF } from '../../../tests/fixtures/caseWalker.ts';
import type { Prints } from '../officeStore.ts';
import { printLane } from './print.tsx';

const { REV2, APP, BOOK, PRT } = WALKER_STAFF;
const approved = step(
  step(settleLanes(step(acceptedCase('A05'), 'T14', 'system', 1), 4), 'T23', REV2, 6),
  'T24',
  APP,
  7,
);
const booked = lane(step({ ...approved, fee: null }, 'T27', BOOK, 8), { lane: 'PRT', event: 'claim' }, 9);
const printing = step(booked, 'T28', PRT, 10);
const BLANK = printing.certificates[0]?.blank ?? '';
const NUMBER = printing.certificates[0]?.number ?? '';

const job = (state: PrintState, overrides: Partial<PrintJob> = {}): PrintJob => ({
  id: 'j1',
  caseId: printing.id,
  caseNumber: null,
  certificate: NUMBER,
  blank: BLANK,
  form: 'proof',
  terminal: 'W07',
  isHere: true,
  operator: PRT,
  preparedAt: '2026-11-23T01:00:00.000Z',
  state,
  fed: state !== 'PREPARED' && state !== 'DROPPED',
  layout: 'proof',
  calibration: null,
  sha256: '',
  bytes: 1,
  history: [],
  ...overrides,
});
const prints = (jobs: PrintJob[], overrides: Partial<Prints> = {}): Prints => ({
  jobs: jobs.map((each) => ({ ...each, content: null })),
  isByHand: false,
  isPrinterHere: true,
  printers: [{ terminal: 'W07', driver: 'escp' }],
  ...overrides,
});
const plan = (record: typeof booked, known: Prints | null, form: Record<string, string> = {}) =>
  printLane.plan({
    record: { ...record, slips: [] },
    task: record.lanes.PRT,
    form,
    today: '2026-11-23',
    marked: 1,
    linked: [],
    printed: [],
    prints: known,
  });

describe('the print lane at a printer', () => {
  test('one field, one key: the sheet that lies in the printer', () => {
    expect(plan(booked, prints([])).done?.missing).toMatch('印制号');
    expect(plan(booked, prints([]), { [`blank.${NUMBER}`]: 'd2200' }).done?.missing).toMatch('1 个字母加 11 位数字');
    const { done } = plan(booked, prints([]), { [`blank.${NUMBER}`]: 'z22000000001' });
    expect(done).toMatchObject({
      missing: null,
      target: { transition: 'T28' },
      how: { print: { kind: 'print', certificate: NUMBER, blank: 'Z22000000001' } },
    });
  });

  test('a sheet that was bound before goes on without the centre, and no other sheet does', () => {
    const { done, back } = plan(printing, prints([]), { [`blank.${NUMBER}`]: BLANK });
    expect(done).toMatchObject({ missing: null, target: { transition: 'T29' } });
    expect(back?.how).toEqual({ dialog: 'T30' });
    expect(plan(printing, prints([]), { [`blank.${NUMBER}`]: 'Z99999999999' }).done?.missing).toContain(BLANK);
  });

  test.each(['SENT', 'UNKNOWN'] as const)('%s asks for the number on the paper, and takes no other', (state) => {
    const known = prints([job(state)]);
    const asked = (form = {}) => plan(printing, known, form).done;
    expect(asked()?.missing).toBe('请录纸上的印制号');
    expect(asked({ 'read.j1': 'Z99999999999' })?.missing).toMatch('与装入的那张不同');
    expect(asked({ 'read.j1': BLANK.toLowerCase() })).toMatchObject({
      missing: null,
      how: { print: { kind: 'confirm', job: 'j1', serial: BLANK } },
    });
    expect(plan(printing, known).back?.how).toEqual({ dialog: 'spoilPrint' });
    // Whatever was chosen before: this sheet is answered for first.
    expect(plan(printing, known, { byHand: 'yes' }).back?.how).toEqual({ dialog: 'spoilPrint' });
  });

  test('while it is being sent nothing can be done, and a job that never sent may be put down', () => {
    expect(plan(printing, prints([job('SENDING')]))).toMatchObject({ back: null, more: [] });
    expect(plan(printing, prints([job('SENDING')])).done?.missing).toMatch('请等送完');
    expect(plan(printing, prints([job('PREPARED')])).more.map(({ label }) => label)).toEqual(['放下']);
    expect(plan(printing, prints([job('PREPARED', { fed: true })])).more).toEqual([]);
  });

  test('a paper that was found good, and whose case does not know it yet, is noted by the same answer', () => {
    expect(plan(printing, prints([job('CONFIRMED')])).done).toMatchObject({
      label: '记入办件',
      how: { print: { kind: 'confirm', job: 'j1', serial: BLANK } },
    });
  });
});

test('without a printer, bound by hand, or when somebody asks for it, it is done by hand', () => {
  const byHand = { how: { change: { kind: 'advance' } } };
  const form = { [`blank.${NUMBER}`]: 'Z22000000001' };
  expect(plan(booked, null, form).done).toMatchObject(byHand);
  expect(plan(booked, prints([], { isPrinterHere: false }), form).done).toMatchObject(byHand);
  expect(plan(booked, prints([]), { ...form, byHand: 'yes' }).done).toMatchObject(byHand);
  expect(plan(printing, prints([], { isByHand: true })).done).toMatchObject(byHand);
});
