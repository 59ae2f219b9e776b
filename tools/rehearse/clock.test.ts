import { expect, test } from 'vitest';
import { hallClock, readClock, writeClock } from './clock.ts';

const CLOCK = { realStart: 1_000_000, hallStart: 5_000_000, speed: 60 };

test('a second of this machine is a minute of the hall, also before the start', () => {
  let real = 1_000_000;
  const now = hallClock(CLOCK, () => real);
  expect(now()).toBe(5_000_000);
  real += 1000;
  expect(now()).toBe(5_060_000);
  real -= 2000;
  expect(now()).toBe(4_940_000);
});

test('every process reads the clock that one of them wrote', () => {
  const text = writeClock(CLOCK);
  const difference = readClock(text)() - hallClock(CLOCK)();
  expect(Math.abs(difference)).toBeLessThan(60_000);
  expect(readClock(undefined)).toBe(Date.now);
});

test.each(['', '1,2', '1,2,0', '1,2,x', '1.5,2,1', '1,2,3,4'])('%j is no clock', (text) => {
  expect(() => readClock(text)).toThrow('YICHUANG_REHEARSAL_CLOCK');
});
