import { describe, expect, test } from 'vitest';
import type { ScreenCall } from '../../contract/rpc/screen.ts';
import { callsToShow, isFresh, minutesOf } from './rows.ts';

const NOW = Date.parse('2026-11-27T02:00:00.000Z');

function call(index: number, { agoMs = index * 1000, isAwaited = true } = {}): ScreenCall {
  const number = `A${String(index).padStart(3, '0')}`;
  return { number, window: index, at: new Date(NOW - agoMs).toISOString(), times: 1, isAwaited };
}
const calls = (count: number): ScreenCall[] => Array.from({ length: count }, (_, index) => call(index + 1));
const numbers = (shown: { rows: ScreenCall[] }): string[] => shown.rows.map(({ number }) => number);

describe('what a screen of six rows shows', () => {
  test('everything that was called within ten minutes, newest first', () => {
    const old = call(9, { agoMs: 10 * 60_000 });
    const almost = call(8, { agoMs: 10 * 60_000 - 1 });
    expect(numbers(callsToShow([...calls(2), almost, old], 6, NOW))).toEqual(['A001', 'A002', 'A008']);
  });

  test('who came to the window leaves first when there is no room', () => {
    const mixed = calls(8).map((each) => ({ ...each, isAwaited: each.window > 3 }));
    const shown = callsToShow(mixed, 6, NOW);
    expect(numbers(shown)).toEqual(['A001', 'A004', 'A005', 'A006', 'A007', 'A008']);
    expect(shown.turn).toBeNull();
  });

  test('when ten are awaited the newest stays and every other is shown in its turn', () => {
    const seen = new Set<string>();
    for (let now = NOW; now < NOW + 12_000; now += 6_000) {
      const shown = callsToShow(calls(10), 6, now);
      expect(shown.rows).toHaveLength(6);
      expect(shown.rows[0]?.number).toBe('A001');
      expect(shown.turn?.of).toBe(2);
      for (const number of numbers(shown)) seen.add(number);
    }
    expect(seen.size).toBe(10);
  });

  test('a clock that runs ahead makes a call new, not old', () => {
    const ahead = call(1, { agoMs: -60_000 });
    expect(numbers(callsToShow([ahead], 6, NOW))).toEqual(['A001']);
    expect(isFresh(ahead, NOW)).toBe(true);
  });
});

test('a call is fresh for ten seconds', () => {
  expect(isFresh(call(1, { agoMs: 9_999 }), NOW)).toBe(true);
  expect(isFresh(call(1, { agoMs: 10_000 }), NOW)).toBe(false);
});

test('a range of minutes never promises less than it may take', () => {
  expect(minutesOf({ fromMs: 10 * 60_000 + 59_000, toMs: 19 * 60_000 + 1 })).toEqual({ from: 10, to: 20 });
  expect(minutesOf({ fromMs: 0, toMs: 0 })).toEqual({ from: 0, to: 1 });
});
