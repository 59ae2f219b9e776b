import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { caseTimeOf } from '../case/caseTime.ts';
import { hallMinute } from '../time/hallTime.ts';
import { clockCase, clockRules, readCase } from './caseClock.ts';
import { dueTime } from './dueTime.ts';
import { statutoryLimit } from './limit.ts';
import { USUAL_HOURS } from './openingHours.ts';
import type { Pause } from './pauses.ts';

const RULES = clockRules({ usual: USUAL_HOURS });
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const due = (accepted: string, days: number, pauses: [string, string][] = []): string => {
  const stops = pauses.map(([from, to]) => ({ from: at(from) / 60_000 + 480, to: at(to) / 60_000 + 480 }));
  return hallMinute(dueTime(RULES, at(accepted), { days }, stops).at);
};

describe('the days of the provident fund (住房公积金管理条例 §25, §26)', () => {
  test.each([
    // Wed; days off in between count like any other.
    ['2018-05-23 09:00', 3, '2018-05-28 16:30'],
    ['2018-05-21 09:00', 3, '2018-05-24 16:30'],
    ['2018-05-21 17:30', 3, '2018-05-24 16:30'],
    // Fri + 3 is the Monday; Thu + 3 is a Sunday and goes on to the Monday (民法典 §203).
    ['2018-05-25 09:00', 3, '2018-05-28 16:30'],
    ['2018-05-24 09:00', 3, '2018-05-28 16:30'],
    // Sat 29 and Sun 30 September 2018 were worked: a make-up day is an end like any other.
    ['2018-09-26 09:00', 3, '2018-09-29 16:30'],
    // 3 October is in the holiday.
    ['2018-09-30 09:00', 3, '2018-10-08 16:30'],
    ['2018-05-23 09:00', 15, '2018-06-07 16:30'],
  ])('accepted %s, %i days: %s', (accepted, days, expected) => {
    expect(due(accepted, days)).toBe(expected);
  });

  test('a day on whose close the clock stands is not counted', () => {
    expect(due('2018-05-21 09:00', 3, [['2018-05-22 10:00', '2018-05-23 12:00']])).toBe('2018-05-25 16:30');
    // Over a weekend too.
    expect(due('2018-05-23 09:00', 3, [['2018-05-25 10:00', '2018-05-28 09:00']])).toBe('2018-05-29 16:30');
  });

  test('an item has the limit of its own law, and what has none has none', () => {
    expect(['W01', 'P02', 'P05', 'A05', 'Z99'].map((itemCode) => statutoryLimit({ itemCode }))).toEqual([
      { days: 3 },
      { days: 15 },
      null,
      { workingDays: 30 },
      { workingDays: 30 },
    ]);
  });

  test('used and left are told in days, and late is late', () => {
    const acceptedAt = at('2018-05-23 09:00');
    const clock = clockCase(
      RULES,
      { acceptedAt, limit: { workingDays: 3 }, statutoryLimit: { days: 3 }, pauses: [] },
      acceptedAt,
    );
    const read = (now: string) => readCase(RULES, { acceptedAt, pauses: [] }, clock, at(now)).statutory;
    expect(read('2018-05-25 09:30')).toMatchObject({ used: 1, left: 2, state: 'near' });
    expect(read('2018-05-28 15:00')).toMatchObject({ state: 'last' });
    expect(read('2018-05-28 16:31')).toMatchObject({ left: 0, state: 'over' });
    const none = clockCase(RULES, { acceptedAt, limit: { minutes: 60 }, statutoryLimit: null, pauses: [] }, acceptedAt);
    expect(readCase(RULES, { acceptedAt, pauses: [] }, none, acceptedAt).statutory).toBeNull();
  });
});

describe('the green channel: 当天申请、当天办结 (S37)', () => {
  const clockOf = (accepted: string, extendedUntil?: string, pauses: Pause[] = []) => {
    const green = extendedUntil === undefined ? {} : { extendedUntil };
    const body = acceptance(1, { itemCode: 'A05', greenChannel: green });
    const record = { acceptance: body, acceptedAt: new Date(at(accepted)).toISOString(), pauses: [], history: [] };
    const { limit, ...time } = caseTimeOf(record);
    if (!limit) throw new Error('no promise');
    const { due: promise, green: sameDay } = clockCase(RULES, { ...time, pauses, limit }, at(accepted));
    return [promise.at, sameDay?.due.at ?? 0].map(hallMinute);
  };

  test('ends with the close of its day, or of the extended hours of its window, in which its minutes run too', () => {
    expect(clockOf('2018-05-23 09:00')).toEqual(['2018-05-23 10:00', '2018-05-23 16:30']);
    expect(clockOf('2018-05-23 16:10')).toEqual(['2018-05-24 09:10', '2018-05-23 16:30']);
    expect(clockOf('2018-05-23 16:10', '18:00')).toEqual(['2018-05-23 17:10', '2018-05-23 18:00']);
    expect(clockOf('2018-05-23 17:00', '18:00')).toEqual(['2018-05-23 18:00', '2018-05-23 18:00']);
    // After all hours: the next day is its day.
    expect(clockOf('2018-05-23 18:30', '18:00')).toEqual(['2018-05-24 09:30', '2018-05-24 18:00']);
    expect(clockOf('2018-05-23 09:00', '12:00')).toEqual(['2018-05-23 10:00', '2018-05-23 16:30']);
  });

  test('only its end makes a case late, and no other case has one', () => {
    const acceptedAt = at('2018-05-23 09:00');
    const of = { acceptedAt, limit: { minutes: 600 }, pauses: [] };
    const clock = clockCase(RULES, { ...of, green: {} }, acceptedAt);
    expect(readCase(RULES, of, clock, at('2018-05-23 15:00')).state).toBe('calm');
    expect(readCase(RULES, of, clock, at('2018-05-23 16:31')).state).toBe('over');
    expect(clockCase(RULES, of, acceptedAt).green).toBeNull();
  });
});
