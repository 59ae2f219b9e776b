import { describe, expect, test } from 'vitest';
import { HOLIDAYS } from '../domain/clock/holidays.ts';
import { calendarOf2027 } from '../tests/fixtures/publications.ts';
import { parseCalendar } from './calendar.ts';
import { PublicationError } from './publication.ts';

function problemPaths(value: unknown): string[] {
  try {
    parseCalendar(value);
    return [];
  } catch (error) {
    if (error instanceof PublicationError) return error.problems.map((problem) => problem.path);
    throw error;
  }
}

const [YEAR] = calendarOf2027().years;
const [ORDER] = calendarOf2027().overrides;
const withYear = (change: object) => ({ years: [{ ...YEAR, ...change }], overrides: [] });
const withOrder = (change: object) => ({ years: [], overrides: [{ ...ORDER, ...change }] });

test('every built-in year could be published as it is', () => {
  const years = Object.entries(HOLIDAYS).map(([year, rest]) => ({ year: Number(year), verified: true, ...rest }));
  expect(problemPaths({ years, overrides: [] })).toEqual([]);
  expect(problemPaths(calendarOf2027())).toEqual([]);
});

describe('a wrong cell is refused with its path', () => {
  test.each([
    [withYear({ year: 27 }), 'years.0.year'],
    [withYear({ source: '' }), 'years.0.source'],
    [withYear({ verified: 'yes' }), 'years.0.verified'],
    [withYear({ off: [] }), 'years.0.off'],
    [withYear({ off: ['1-1'] }), 'years.0.off.0'],
    [withYear({ off: ['01-01', '02-29'] }), 'years.0.off.1'],
    [withYear({ off: ['01-01', '01-01'] }), 'years.0.off.1'],
    [withYear({ off: ['01-01', '01-03'] }), 'years.0.working.0'],
    [withYear({ working: ['01-04'] }), 'years.0.working.0'],
    [withYear({ note: 1 }), 'years.0.note'],
    [{ years: [YEAR, YEAR], overrides: [] }, 'years.1.year'],
    [withOrder({ day: '2026-11-31' }), 'overrides.0.day'],
    [withOrder({ kind: 'open' }), 'overrides.0.kind'],
    [withOrder({ source: ' ' }), 'overrides.0.source'],
    [{ years: [], overrides: [ORDER, ORDER] }, 'overrides.1.day'],
    [{ years: [] }, 'overrides'],
    [null, '(root)'],
  ])('%j: %s', (value, path) => {
    expect(problemPaths(value)).toContain(path);
  });
});
