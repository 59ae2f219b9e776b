import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportSigns } from './signs.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first sign is told at once, a burst once more at its end, and silence not at all', () => {
  const desk = new EventTarget();
  const tell = vi.fn();
  const stop = reportSigns(desk, 1000, tell);
  for (let i = 0; i < 50; i++) desk.dispatchEvent(new Event('keydown'));
  expect(tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(tell).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(tell).toHaveBeenCalledTimes(2);
  desk.dispatchEvent(new Event('pointerdown'));
  expect(tell).toHaveBeenCalledTimes(3);
  stop();
  desk.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(60_000);
  expect(tell).toHaveBeenCalledTimes(3);
});
