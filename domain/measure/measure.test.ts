import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptedCase, lane, minuteAt, settleLanes, step, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { doorToDoorOf } from './doorToDoor.ts';
import { visitsOf } from './visits.ts';

const { WIN, REV1, REV2, APP, BOOK, PRT, QC } = WALKER_STAFF;
const MINUTE = 60_000;
const DAY = 24 * 60;

const entry = (name: string, minutes: number) => ({ step: name, at: minuteAt(minutes), by: WIN, to: '', note: null });
const visits = (...steps: [string, number][]) =>
  visitsOf({ acceptedAt: minuteAt(0), history: steps.map(([name, minutes]) => entry(name, minutes)) });

describe('visits', () => {
  test('one when everything happens on one day, or comes by express', () => {
    expect(visits(['T11', 0], ['T16', 90], ['T34', 200])).toEqual({ count: 1, reasons: [] });
    expect(visits(['T11', 0], ['T31', 3 * DAY], ['T36', 4 * DAY], ['T37', 5 * DAY])).toEqual({ count: 1, reasons: [] });
  });

  test('each further day counts, with its reason', () => {
    expect(visits(['T11', 0], ['T16', 2 * DAY], ['T34', 9 * DAY])).toEqual({
      count: 3,
      reasons: ['supplement', 'pickup-another-day'],
    });
    expect(visits(['T11', 0], ['T33', 100], ['T35', 110], ['T34', DAY])).toEqual({ count: 2, reasons: ['no-show'] });
    // Papers brought and certificate collected on one later day are one visit.
    expect(visits(['T11', 0], ['T16', DAY], ['T34', DAY + 60]).count).toBe(2);
  });
});

describe('door to door', () => {
  test('every minute is in one part', () => {
    let record = step(acceptedCase('A05'), 'T14', 'system', 1);
    record = lane(record, { lane: 'REV1', event: 'claim' }, 4);
    record = step(record, 'T15', REV1, 10);
    record = step(record, 'T16', WIN, 40);
    record = settleLanes(record, 45);
    record = step(record, 'T23', REV2, 50);
    record = step(record, 'T24', APP, 55);
    record = { ...record, fee: null };
    record = step(record, 'T27', BOOK, 60);
    record = step(record, 'T28', PRT, 61);
    record = step(record, 'T29', PRT, 64);
    record = step(record, 'T31', QC, 66);
    record = step(record, 'T33', WIN, 71);
    expect(doorToDoorOf(record)).toBeNull();
    record = step(record, 'T34', WIN, 75);
    expect(doorToDoorOf(record)).toEqual({
      office: (6 + 3) * MINUTE,
      idle: (4 + 5 + 5 + 5 + 5 + 1 + 2) * MINUTE,
      paused: 30 * MINUTE,
      pickupWait: 5 * MINUTE,
      handover: 4 * MINUTE,
    });
  });

  test('the parts add up to the whole, whatever the steps', () => {
    const names = fc.constantFrom(
      'T14',
      'REV1:claim',
      'REV1:done',
      'TAX:block',
      'PAY:paid',
      'T15',
      'T16',
      'T25',
      'T31',
      'T33',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, fc.nat({ max: 500 })), { maxLength: 30 }),
        fc.nat({ max: 500 }),
        (steps, last) => {
          const at = (index: number) => steps.slice(0, index + 1).reduce((sum, [, later]) => sum + later, 0);
          const history = steps.map(([name], index) => entry(name, at(index)));
          const whole = at(steps.length) + last;
          const parts = doorToDoorOf({ acceptedAt: minuteAt(0), history: [...history, entry('T34', whole)] });
          expect(Object.values(parts ?? {}).reduce((sum, part) => sum + part, 0)).toBe(whole * MINUTE);
        },
      ),
    );
  });
});
