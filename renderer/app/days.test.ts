import { expect, test } from 'vitest';
import { hallInstant, isDay, spanOf } from './days.ts';

test('a week begins on Monday, a month on its first', () => {
  expect(spanOf('week', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  expect(spanOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(spanOf('week', '2026-12-02')).toEqual({ from: '2026-11-30', to: '2026-12-02' });
  expect(spanOf('month', '2026-02-28')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(spanOf('today', '2026-02-28')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
});

test('a day that is in no calendar is none', () => {
  expect(['2026-11-23', '2028-02-29'].map(isDay)).toEqual([true, true]);
  expect(['2026-02-29', '2026-13-01', '2026-1-1', '', '23.11.2026'].map(isDay)).toEqual(Array(5).fill(false));
});

test('a time is of the hall, eight hours ahead of UTC', () => {
  expect(hallInstant('2026-11-23 10:00')).toBe('2026-11-23T02:00:00.000Z');
  expect(hallInstant(' 2026-11-23 00:30 ')).toBe('2026-11-22T16:30:00.000Z');
  expect(['2026-11-23', '2026-11-23 24:00', '2026-02-30 10:00', '10:00'].map(hallInstant)).toEqual(Array(4).fill(null));
});
