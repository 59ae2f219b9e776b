import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hallSecond, parseHallSecond } from './hallSecond.ts';

test.each([
  ['2026-11-23 09:41:05', '2026-11-23T01:41:05.000Z'],
  ['2026-1-3 9:41:05', '2026-01-03T01:41:05.000Z'],
  ['2026-11-23  00：00：00', '2026-11-22T16:00:00.000Z'],
])('%s is %s', (typed, instant) => {
  const parsed = parseHallSecond(typed);
  expect(parsed.ok && new Date(parsed.ms).toISOString()).toBe(instant);
});

test.each([
  ['2026-11-23 09:41', 'form'],
  ['', 'form'],
  ['昨天', 'form'],
  ['2026-02-30 09:41:05', 'date'],
  ['2026-11-23 24:00:00', 'date'],
  ['2026-11-23 09:60:05', 'date'],
  ['2026-11-23 09:41:60', 'date'],
])('“%s” is refused: %s', (typed, problem) => {
  expect(parseHallSecond(typed)).toMatchObject({ ok: false, problem });
});

test('what is written is read again, to the second', () => {
  const seconds = fc.integer({ min: Date.parse('1995-01-01') / 1000, max: Date.parse('2100-01-01') / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      expect(parseHallSecond(hallSecond(second * 1000))).toEqual({ ok: true, ms: second * 1000 });
    }),
  );
});
