import { expect, test } from 'vitest';
import { isLaterDay } from './days.ts';

test('a day is written whole, exists, and comes after the other', () => {
  expect(isLaterDay('2026-11-24', '2026-11-23')).toBe(true);
  expect(isLaterDay('2027-01-01', '2026-12-31')).toBe(true);
  for (const text of ['2026-11-23', '2026-11-22', '2026-02-30', '2027-02-29', '2027-1-1', '', '明天']) {
    expect(isLaterDay(text, '2026-11-23'), text).toBe(false);
  }
});
