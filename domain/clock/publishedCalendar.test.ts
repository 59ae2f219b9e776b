import { expect, test } from 'vitest';
import { calendarOf2027 } from '../../tests/fixtures/publications.ts';
import { hallMinute } from '../time/hallTime.ts';
import { kindOfDay } from './calendar.ts';
import { clockRules } from './caseClock.ts';
import { dueTime } from './dueTime.ts';
import { dayOf, toHallMinute } from './localTime.ts';
import { USUAL_HOURS } from './openingHours.ts';
import { calendarOf } from './publishedCalendar.ts';

function due(accepted: string, workingDays: number, calendar: ReturnType<typeof calendarOf>): string {
  const rules = clockRules({ usual: USUAL_HOURS }, calendar);
  const { at, provisional } = dueTime(rules, Date.parse(`${accepted}T10:00+08:00`), { workingDays });
  return hallMinute(at).slice(0, 10) + (provisional ? ' provisional' : '');
}

test('a published year makes sure what was provisional', () => {
  expect(due('2026-12-28', 5, calendarOf(null))).toBe('2027-01-05 provisional');
  // 1 January is off, Sunday the 3rd is worked: 29, 30, 31, 3, 4.
  expect(due('2026-12-28', 5, calendarOf(calendarOf2027()))).toBe('2027-01-04');
});

test('a year nobody compared with the notice is reckoned with and stays provisional', () => {
  expect(due('2026-12-28', 5, calendarOf(calendarOf2027(false)))).toBe('2027-01-04 provisional');
});

test('a year without data stays unknown beside a published one, and the built-in years stay', () => {
  const calendar = calendarOf(calendarOf2027());
  const kind = (day: string) => kindOfDay(calendar, dayOf(toHallMinute(Date.parse(`${day}T00:00+08:00`))));
  expect(kind('2028-03-01')).toBe('unknown');
  expect(kind('2018-04-08')).toBe('working');
  expect(kind('2027-01-03')).toBe('working');
});

test('a local order opens a Saturday', () => {
  expect(due('2026-11-27', 1, calendarOf(null))).toBe('2026-11-30');
  expect(due('2026-11-27', 1, calendarOf(calendarOf2027()))).toBe('2026-11-28');
});
