import { describe, expect, test } from 'vitest';
import { hallMinute } from '../time/hallTime.ts';
import { clockCase, clockRules, forecastDue, readCase } from './caseClock.ts';
import type { TimeLimit } from './limit.ts';
import { USUAL_HOURS } from './openingHours.ts';
import type { Pause } from './pauses.ts';

const RULES = clockRules({ usual: USUAL_HOURS });
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

function read(accepted: string, limit: TimeLimit, now: string, pauses: readonly Pause[] = []) {
  const given = { acceptedAt: at(accepted), limit, pauses };
  return readCase(RULES, given, clockCase(RULES, given, at(now)), at(now));
}

/** Wednesday, accepted 11:10, due 13:40. */
describe('60 minutes across lunch', () => {
  test.each([
    ['2018-05-23 11:10', { used: 0, left: 60, state: 'calm', standstill: null }],
    ['2018-05-23 11:29', { used: 19, left: 41, state: 'calm', standstill: null }],
    ['2018-05-23 11:30', { used: 20, left: 40, state: 'calm', standstill: 'break' }],
    ['2018-05-23 12:59', { used: 20, left: 40, state: 'calm', standstill: 'break' }],
    ['2018-05-23 13:00', { used: 20, left: 40, state: 'calm', standstill: null }],
    ['2018-05-23 13:21', { used: 41, left: 19, state: 'calm', standstill: null }],
    ['2018-05-23 13:22', { used: 42, left: 18, state: 'near', standstill: null }],
    ['2018-05-23 13:40', { used: 60, left: 0, state: 'near', standstill: null }],
    ['2018-05-23 13:41', { used: 61, left: 0, state: 'over', standstill: null }],
    ['2018-05-23 18:00', { used: 230, left: 0, state: 'over', standstill: 'closed' }],
  ])('at %s', (now, expected) => {
    expect(read('2018-05-23 11:10', { minutes: 60 }, now).promise).toMatchObject(expected);
  });
});

/** Mon 21 May: days 22, 23, 24, 25, 28; due Mon 28 16:30. */
describe('5 working days', () => {
  test.each([
    ['2018-05-21 17:00', { used: 0, left: 5, state: 'calm', standstill: 'closed' }],
    ['2018-05-22 07:00', { used: 0, left: 5, state: 'calm', standstill: 'before-opening' }],
    ['2018-05-22 16:30', { used: 1, left: 4, state: 'calm', standstill: 'closed' }],
    ['2018-05-24 11:00', { used: 2, left: 3, state: 'calm', standstill: null }],
    ['2018-05-24 13:30', { used: 2, left: 3, state: 'near', standstill: null }],
    ['2018-05-26 10:00', { used: 4, left: 1, state: 'near', standstill: 'day-off' }],
    ['2018-05-28 14:29', { used: 4, left: 1, state: 'near', standstill: null }],
    ['2018-05-28 14:30', { used: 4, left: 1, state: 'last', standstill: null }],
    ['2018-05-28 16:31', { used: 5, left: 0, state: 'over', standstill: 'closed' }],
    ['2018-05-30 10:00', { used: 6, left: 0, state: 'over', standstill: null }],
  ])('at %s', (now, expected) => {
    expect(read('2018-05-21 10:00', { workingDays: 5 }, now).promise).toMatchObject(expected);
  });

  test('the share of the budget is opening time of the days that count', () => {
    const share = (now: string) => read('2018-05-21 10:00', { workingDays: 5 }, now).promise.share;
    expect(share('2018-05-21 16:30')).toBe(0);
    expect(share('2018-05-22 16:30')).toBeCloseTo(0.2);
    expect(share('2018-05-28 16:30')).toBe(1);
  });
});

test('当日办结 has one day, red from two hours before the close', () => {
  const now = (time: string) => read('2018-05-23 09:00', { workingDays: 0 }, `2018-05-23 ${time}`).promise;
  expect(now('09:00')).toMatchObject({ used: 0, left: 1, share: 0, state: 'calm' });
  expect(now('13:30')).toMatchObject({ state: 'near' });
  expect(now('14:30')).toMatchObject({ left: 1, state: 'last' });
  expect(now('16:31')).toMatchObject({ used: 1, left: 0, state: 'over' });
});

describe('a pause', () => {
  const pauses = (to: string | null): Pause[] => [
    {
      kind: 'P4',
      from: at('2018-05-23 10:00'),
      to: to === null ? null : at(to),
      by: '0107',
      reason: '待缴',
      proof: '',
    },
  ];

  test('while it lasts, used time stands and the due time moves with now', () => {
    for (const [now, due] of [
      ['2018-05-23 10:20', '2018-05-23 11:20'],
      ['2018-05-23 11:00', '2018-05-23 13:30'],
    ] as const) {
      const given = { acceptedAt: at('2018-05-23 09:00'), limit: { minutes: 120 }, pauses: pauses(null) };
      const clock = clockCase(RULES, given, at(now));
      expect(hallMinute(clock.due.at)).toBe(due);
      expect(readCase(RULES, given, clock, at(now)).promise).toMatchObject({
        used: 60,
        left: 60,
        standstill: 'paused',
      });
    }
  });

  test('holds until the minute in which it ends', () => {
    const standstill = (now: string) =>
      read('2018-05-23 09:00', { minutes: 120 }, now, pauses('2018-05-23 10:25')).promise.standstill;
    expect(['2018-05-23 10:24', '2018-05-23 10:25'].map(standstill)).toEqual(['paused', null]);
  });

  test('that is our own affair leaves the clock of the law running', () => {
    const { promise, statutory } = read(
      '2018-05-22 09:00',
      { workingDays: 5 },
      '2018-05-24 16:30',
      pauses('2018-05-24 09:00'),
    );
    expect([promise.used, statutory?.used]).toEqual([1, 2]);
  });
});

test('the state of a case is the worse of its two clocks', () => {
  // A long 缴费 pause: the promise is calm, the 30 working days of the law are nearly gone.
  const paused: Pause = {
    kind: 'P4',
    from: at('2018-05-23 10:00'),
    to: at('2018-06-29 09:00'),
    by: '0107',
    reason: '待缴',
    proof: '',
  };
  const reading = read('2018-05-22 09:00', { workingDays: 5 }, '2018-06-29 10:00', [paused]);
  expect(reading.promise.state).toBe('calm');
  expect(reading.statutory?.state).toBe('near');
  expect(reading.state).toBe('near');
});

test('nobody is overdue by a provisional date', () => {
  expect(read('2027-03-01 09:00', { minutes: 60 }, '2027-03-01 10:01').promise.state).toBe('last');
  expect(read('2026-03-02 09:00', { minutes: 60 }, '2026-03-02 10:01').promise.state).toBe('over');
});

test('a clock set back before the acceptance shows nothing used', () => {
  expect(read('2018-05-23 09:00', { minutes: 60 }, '2018-05-23 08:00').promise).toMatchObject({ used: 0, left: 60 });
});

test('the form says what a case accepted now would be promised', () => {
  expect(hallMinute(forecastDue(RULES, { minutes: 60 }, at('2018-05-23 12:10')).at)).toBe('2018-05-23 14:00');
});
