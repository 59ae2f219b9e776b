import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { CalendarYear } from '../../domain/clock/calendar.ts';

/** The year of the reform that this program comes from; older cases are not reckoned. */
const FIRST_YEAR = 2018;

interface PackageData {
  /** `2026-01-01` → name; weekends inside a holiday included. */
  holidays: Record<string, string>;
  /** Weekend days worked instead. */
  workdays: Record<string, string>;
}

/** The published years of the package `chinese-days` (MIT), with the address of each notice from its source. */
export function readPackageYears(): Record<number, CalendarYear> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('chinese-days/package.json'));
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const { holidays, workdays } = JSON.parse(read('dist/chinese-days.json')) as PackageData;
  const notices = readNotices(read('src/holidays/generate.ts'));
  const years: Record<number, CalendarYear> = {};
  for (const year of new Set(Object.keys(holidays).map((day) => Number(day.slice(0, 4))))) {
    if (year < FIRST_YEAR) continue;
    const source = notices.get(year);
    if (source === undefined) throw new Error(`the package names no notice for ${year}`);
    years[year] = { source, off: datesOf(holidays, year), working: datesOf(workdays, year) };
  }
  return years;
}

/** `domain/clock/holidays.ts` as it must stand; formatted as Biome does. */
export function writeHolidays(years: Readonly<Record<number, CalendarYear>>): string {
  return [
    "import type { CalendarYear } from './calendar.ts';",
    '',
    '/**',
    ' * Days off and make-up working days as published, year by year. Generated from the package chinese-days (MIT) by',
    ' * `npm run calendar`: do not edit. A year the State Council has not published yet is not here.',
    ' */',
    'export const HOLIDAYS: Readonly<Record<number, CalendarYear>> = {',
    ...Object.entries(years).flatMap(([year, { source, off, working }]) => [
      `  ${year}: {`,
      property('source', `'${source}'`),
      datesLine('off', off),
      datesLine('working', working),
      '  },',
    ]),
    '};',
    '',
    'function dates(text: string): string[] {',
    "  return text.split(' ');",
    '}',
    '',
  ].join('\n');
}

function datesOf(days: Record<string, string>, year: number): string[] {
  return Object.keys(days)
    .filter((day) => day.startsWith(`${year}-`))
    .map((day) => day.slice(5))
    .sort();
}

/** One comment before each year: ` * 2026`, then the address. A second address in it is an amendment. */
function readNotices(source: string): Map<number, string> {
  const notices = new Map<number, string>();
  for (const [comment] of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const year = /^\s*\*\s*(\d{4})\s*$/m.exec(comment)?.[1];
    const addresses = comment.match(/https?:\/\/\S+/g) ?? [];
    if (year !== undefined && addresses.length > 0) notices.set(Number(year), addresses.join(' '));
  }
  return notices;
}

/** As one string: 30 dates one under another hide what a year is. */
function datesLine(name: string, days: readonly string[]): string {
  const line = `    ${name}: dates('${days.join(' ')}'),`;
  return line.length <= 120 ? line : `    ${name}: dates(\n      '${days.join(' ')}',\n    ),`;
}

function property(name: string, value: string): string {
  const line = `    ${name}: ${value},`;
  return line.length <= 120 ? line : `    ${name}:\n      ${value},`;
}
