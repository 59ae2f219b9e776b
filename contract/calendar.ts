import { z } from 'zod';
import type { CalendarPublication, PublishedYear } from '../domain/clock/publishedCalendar.ts';
import { findRepeated, parsePublication } from './publication.ts';

/** Schema of the working calendar a centre publishes (domain.md §5.1, §5.2). Strict: an unknown key is refused. */

const source = z.string().trim().min(1).max(400).describe('the notice or order it rests on');
const monthDay = z.string().regex(/^\d{2}-\d{2}$/);

const year = z.strictObject({
  year: z.int().min(2000).max(2099),
  source,
  verified: z.boolean().describe('compared with the notice; false keeps every date that rests on it provisional'),
  off: z.array(monthDay).min(1).max(60).describe('days off, weekends inside a holiday included'),
  working: z.array(monthDay).max(30).describe('weekend days worked instead'),
});

const override = z.strictObject({
  day: z.iso.date(),
  kind: z.enum(['working', 'off']),
  source,
});

export const calendarSchema = z
  .strictObject({ years: z.array(year).max(50), overrides: z.array(override).max(1000) })
  .superRefine(({ years, overrides }, context) => {
    const add = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const at of findRepeated(years.map((each) => String(each.year)))) add(['years', at, 'year'], 'used twice');
    for (const at of findRepeated(overrides.map(({ day }) => day))) add(['overrides', at, 'day'], 'used twice');
    for (const [at, each] of years.entries()) {
      for (const { path, message } of findYearContradictions(each)) add(['years', at, ...path], message);
    }
  }) satisfies z.ZodType<CalendarPublication>;

function findYearContradictions({
  year,
  off,
  working,
}: PublishedYear): { path: (string | number)[]; message: string }[] {
  const dates = [...off.map((date, at) => ({ date, path: ['off', at] })), ...working.map(workingDate)];
  const repeated = new Set(findRepeated(dates.map(({ date }) => date)));
  return dates.flatMap(({ date, path }, at) => {
    const day = new Date(`${year}-${date}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(5, 10) !== date)
      return [{ path, message: 'no such day' }];
    if (repeated.has(at)) return [{ path, message: 'listed twice' }];
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    return path[0] === 'working' && !isWeekend ? [{ path, message: 'not a weekend day' }] : [];
  });
}

function workingDate(date: string, at: number): { date: string; path: (string | number)[] } {
  return { date, path: ['working', at] };
}

/** @throws PublicationError naming every wrong cell by its path, such as `years.0.off.3` */
export function parseCalendar(value: unknown): CalendarPublication {
  return parsePublication(calendarSchema, value);
}
