import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const LIMITS = { first: 64, min: 16, max: 1024, targetMs: 200 };

test('a request carries what the line takes in its time, between the limits', () => {
  const pace = new Pace(LIMITS);
  pace.note(64, 400);
  expect(pace.size).toBe(32);
  pace.note(32, 10_000);
  expect(pace.size).toBe(16);
  for (let quick = 0; quick < 10; quick += 1) pace.note(pace.size, 1);
  expect(pace.size).toBe(1024);
});

test('it grows step by step, and not by what a small request tells', () => {
  const pace = new Pace(LIMITS);
  pace.note(2, 1);
  expect(pace.size).toBe(64);
  pace.note(64, 1);
  expect(pace.size).toBe(256);
  pace.note(2, 50);
  expect(pace.size).toBe(16);
});
