import { describe, expect, test } from 'vitest';
import { hallMinute } from '../time/hallTime.ts';
import { clockRules } from './caseClock.ts';
import { dueTime } from './dueTime.ts';
import type { TimeLimit } from './limit.ts';
import { parseOpeningHours, USUAL_HOURS } from './openingHours.ts';
import type { ClockRules } from './openTime.ts';
import { type Pause, stopsFor } from './pauses.ts';

const RULES = clockRules({ usual: USUAL_HOURS });
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

function due(accepted: string, limit: TimeLimit, pauses: readonly Pause[] = [], rules: ClockRules = RULES): string {
  const acceptedAt = at(accepted);
  const { at: end, provisional } = dueTime(rules, acceptedAt, limit, stopsFor('promise', pauses, acceptedAt));
  return hallMinute(end) + (provisional ? ' provisional' : '');
}

function pause(kind: Pause['kind'], from: string, to: string): Pause {
  return { kind, from: at(from), to: at(to), by: '0107', reason: '材料补正', proof: 'BZ-1' };
}

/** domain.md §5.5, in its order. */
describe('limits of minutes', () => {
  test.each([
    ['2018-05-23 09:00', 60, '2018-05-23 10:00'],
    ['2018-05-23 11:10', 60, '2018-05-23 13:40'],
    ['2018-05-23 16:10', 60, '2018-05-24 09:10'],
    ['2018-05-23 12:10', 60, '2018-05-23 14:00'],
    ['2018-05-23 13:30', 90, '2018-05-23 15:00'],
    ['2018-05-23 15:30', 90, '2018-05-24 09:00'],
    ['2018-09-28 16:00', 60, '2018-09-29 09:00'],
    ['2018-09-30 16:00', 60, '2018-10-08 09:00'],
    ['2018-05-26 09:00', 60, '2018-05-28 09:30'],
  ])('accepted %s, %i minutes: due %s', (accepted, minutes, expected) => {
    expect(due(accepted, { minutes })).toBe(expected);
  });

  test('a pause moves the end by its length', () => {
    const pauses = [pause('P1', '2018-05-23 10:00', '2018-05-23 10:25')];
    expect(due('2018-05-23 09:30', { minutes: 60 }, pauses)).toBe('2018-05-23 10:55');
  });

  test('what ends exactly at lunch or close is due then, not at the next opening', () => {
    expect(due('2018-05-23 10:30', { minutes: 60 })).toBe('2018-05-23 11:30');
    expect(due('2018-05-23 15:30', { minutes: 60 })).toBe('2018-05-23 16:30');
  });

  test('seconds of the acceptance do not count: the slip has none', () => {
    expect(hallMinute(dueTime(RULES, at('2018-05-23 09:00') + 59_999, { minutes: 60 }).at)).toBe('2018-05-23 10:00');
  });
});

describe('limits of working days', () => {
  test.each([
    ['2018-05-23', { 1: '05-24', 3: '05-28', 5: '05-30', 7: '06-01', 15: '06-13', 30: '07-05' }],
    ['2018-09-28', { 1: '09-29', 5: '10-10', 7: '10-12', 15: '10-24', 30: '11-14' }],
    ['2018-02-14', { 5: '02-27' }],
    ['2018-04-04', { 1: '04-08', 5: '04-12' }],
    ['2018-12-28', { 1: '2018-12-29', 5: '2019-01-07' }],
    ['2026-02-13', { 5: '02-27' }],
    ['2026-04-30', { 1: '05-06', 5: '05-11' }],
    ['2026-09-30', { 5: '10-13' }],
    ['2026-11-23', { 5: '11-30' }],
  ])('accepted %s', (accepted, expected) => {
    for (const [days, day] of Object.entries(expected)) {
      const name = day.length === 5 ? `${accepted.slice(0, 5)}${day}` : day;
      expect(due(`${accepted} 10:00`, { workingDays: Number(days) })).toBe(`${name} 16:30`);
    }
  });

  test('a working day counts if the clock runs at its close', () => {
    const pauses = [pause('P1', '2018-05-23 10:00', '2018-05-25 14:00')];
    expect(due('2018-05-21 10:00', { workingDays: 5 }, pauses)).toBe('2018-05-30 16:30');
  });

  test('a pause within one day costs no day, one from noon until the next morning costs one', () => {
    expect(due('2018-05-21 10:00', { workingDays: 1 }, [pause('P1', '2018-05-22 09:00', '2018-05-22 16:00')])).toBe(
      '2018-05-22 16:30',
    );
    expect(due('2018-05-21 10:00', { workingDays: 1 }, [pause('P1', '2018-05-22 12:00', '2018-05-23 09:00')])).toBe(
      '2018-05-23 16:30',
    );
  });

  test('a pause from the minute of the close costs no day, one until that minute costs it', () => {
    const due1 = (from: string, to: string) => due('2018-05-21 10:00', { workingDays: 1 }, [pause('P1', from, to)]);
    expect(due1('2018-05-22 16:30', '2018-05-22 20:00')).toBe('2018-05-22 16:30');
    expect(due1('2018-05-22 16:00', '2018-05-22 16:30')).toBe('2018-05-23 16:30');
  });

  test('the day of acceptance does not count at any hour, a day off neither', () => {
    expect(due('2018-05-23 07:00', { workingDays: 1 })).toBe('2018-05-24 16:30');
    expect(due('2018-05-23 23:00', { workingDays: 1 })).toBe('2018-05-24 16:30');
    expect(due('2018-05-26 10:00', { workingDays: 1 })).toBe('2018-05-28 16:30');
  });

  test('当日办结 ends at the close of the day on which the clock starts', () => {
    expect(due('2018-05-23 09:00', { workingDays: 0 })).toBe('2018-05-23 16:30');
    expect(due('2018-05-23 16:30', { workingDays: 0 })).toBe('2018-05-24 16:30');
    const extended = { ...RULES, hours: parseOpeningHours({ usual: [...USUAL_HOURS], wednesday: ['08:30-19:00'] }) };
    expect(due('2018-05-23 16:30', { workingDays: 0 }, [], extended)).toBe('2018-05-23 19:00');
  });
});

describe('a year without a notice', () => {
  test('makes the end provisional, later than weekdays alone would, and names the year', () => {
    expect(due('2026-12-28 10:00', { workingDays: 5 })).toBe('2027-01-05 16:30 provisional');
    const result = dueTime(RULES, at('2026-11-23 15:10'), { workingDays: 30 });
    expect(result).toMatchObject({ provisional: true, missingYears: [2027] });
  });

  test('matters only when the clock runs into it', () => {
    expect(due('2026-12-25 10:00', { workingDays: 1 })).toBe('2026-12-28 16:30');
    expect(due('2026-12-28 15:00', { minutes: 90 })).toBe('2026-12-28 16:30');
    expect(due('2026-12-28 15:01', { minutes: 90 })).toBe('2026-12-29 08:31 provisional');
  });
});

test('a calendar without any working day is refused, not searched for ever', () => {
  const never = Array.from({ length: 5000 }, (_, index) => ({
    day: new Date(Date.UTC(2018, 4, 23 + index)).toISOString().slice(0, 10),
    kind: 'off' as const,
    source: '',
  }));
  const rules = { ...RULES, calendar: { years: {}, overrides: never } };
  expect(() => dueTime(rules, at('2018-05-23 09:00'), { minutes: 60 })).toThrow(RangeError);
});
