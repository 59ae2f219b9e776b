import { readFileSync } from 'node:fs';
import path from 'node:path';
import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { kindOfDay } from '../../domain/clock/calendar.ts';
import { HOLIDAYS } from '../../domain/clock/holidays.ts';
import { dayName, dayOf, toHallMinute } from '../../domain/clock/localTime.ts';
import { readPackageYears, writeHolidays } from './holidays.ts';

const FILE = path.join(import.meta.dirname, '..', '..', 'domain', 'clock', 'holidays.ts');

test('the committed calendar is what the package gives: after an update, npm run calendar', () => {
  expect(readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n')).toBe(writeHolidays(readPackageYears()));
});

/** The dates of the two notices as quoted in law books, not from the package. */
describe.each([
  {
    year: 2018,
    off: '01-01 02-15/21 04-05/07 04-29/30 05-01 06-18 09-24 10-01/07 12-30/31',
    working: '02-11 02-24 04-08 04-28 09-29 09-30 12-29',
  },
  {
    year: 2026,
    off: '01-01/03 02-15/23 04-04/06 05-01/05 06-19/21 09-25/27 10-01/07',
    working: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
])('$year', ({ year, off, working }) => {
  test('has the days off and the make-up days of its notice', () => {
    expect(HOLIDAYS[year]?.off).toEqual(off.split(' ').flatMap(spread));
    expect(HOLIDAYS[year]?.working).toEqual(working.split(' '));
  });
});

test('every day of every year agrees with what the package answers for it', () => {
  const years = Object.keys(HOLIDAYS).map(Number);
  const calendar = { years: HOLIDAYS, overrides: [] };
  const wrong: string[] = [];
  for (const year of years) {
    const first = dayOf(toHallMinute(Date.UTC(year, 0, 1)));
    for (let day = first; dayName(day).startsWith(`${year}-`); day++) {
      const kind = kindOfDay(calendar, day);
      const expected = chineseDays.isWorkday(dayName(day)) ? 'working' : 'off';
      if (kind !== 'unknown' && kind !== expected) wrong.push(dayName(day));
    }
  }
  expect(wrong).toEqual([]);
});

test('no year is there that the State Council has not published, and each names its notice', () => {
  expect(Object.keys(HOLIDAYS).map(Number)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
  for (const { source, off } of Object.values(HOLIDAYS)) {
    expect(source).toMatch(/^https?:\/\/www\.gov\.cn\//);
    expect(off.length).toBeGreaterThan(20);
  }
});

/** `02-15/21` → 15 to 21 February. */
function spread(text: string): string[] {
  const [month = '', first = '', last = first] = text.split(/[-/]/);
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, index) => `${month}-${String(Number(first) + index).padStart(2, '0')}`,
  );
}
