import { expect, test } from 'vitest';
import { kindOfDay, missingYearOf, presumedKind, type WorkCalendar } from './calendar.ts';
import { HOLIDAYS } from './holidays.ts';
import { dayOf, type HallDay, toHallMinute } from './localTime.ts';

const CALENDAR: WorkCalendar = { years: HOLIDAYS, overrides: [] };
const day = (name: string): HallDay => dayOf(toHallMinute(Date.parse(`${name}T00:00+08:00`)));
const kinds = (calendar: WorkCalendar, ...names: string[]) => names.map((name) => kindOfDay(calendar, day(name)));

test('weekdays work, weekends rest, holidays and make-up days are as published', () => {
  expect(kinds(CALENDAR, '2018-05-23', '2018-05-26', '2018-05-27')).toEqual(['working', 'off', 'off']);
  // 8 April 2018 was a Sunday turned into a working day; 5 April a Thursday off.
  expect(kinds(CALENDAR, '2018-04-08', '2018-04-05', '2026-10-10', '2026-10-07')).toEqual([
    'working',
    'off',
    'working',
    'off',
  ]);
});

test('a year without a notice is unknown, weekdays and weekends alike', () => {
  expect(kinds(CALENDAR, '2027-01-01', '2027-03-01', '2027-03-06', '2017-12-29')).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test('the last days of a year belong to the next notice as well', () => {
  expect(kinds(CALENDAR, '2026-12-28', '2026-12-29', '2025-12-31')).toEqual(['working', 'unknown', 'working']);
  expect([missingYearOf(CALENDAR, day('2026-12-31')), missingYearOf(CALENDAR, day('2026-12-28'))]).toEqual([
    2027,
    null,
  ]);
});

test('a local order goes before everything, in a year without a notice too', () => {
  const source = '辽源市办公室通知（虚构）';
  const calendar: WorkCalendar = {
    ...CALENDAR,
    overrides: [
      { day: '2026-11-28', kind: 'working', source },
      { day: '2026-11-27', kind: 'off', source },
      { day: '2027-03-06', kind: 'working', source },
    ],
  };
  expect(kinds(calendar, '2026-11-28', '2026-11-27', '2027-03-06', '2027-03-07')).toEqual([
    'working',
    'off',
    'working',
    'unknown',
  ]);
});

test('a provisional date rests on weekends and on the fixed holidays of the law', () => {
  const presumed = (name: string) => presumedKind(CALENDAR, day(name));
  expect(['2027-01-01', '2027-01-02', '2027-01-04', '2027-10-01', '2027-10-04'].map(presumed)).toEqual([
    'off',
    'off',
    'working',
    'off',
    'working',
  ]);
  expect(presumed('2026-10-05')).toBe('off');
});
