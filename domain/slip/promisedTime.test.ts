import { expect, test } from 'vitest';
import { clockCase, clockRules } from '../clock/caseClock.ts';
import type { TimeLimit } from '../clock/limit.ts';
import { USUAL_HOURS } from '../clock/openingHours.ts';
import { promisedTime } from './promisedTime.ts';

const RULES = clockRules({ usual: USUAL_HOURS });

function promised(accepted: string, limit: TimeLimit, rules = RULES): string {
  const acceptedAt = Date.parse(`${accepted}:00+08:00`);
  return promisedTime(clockCase(rules, { acceptedAt, limit, pauses: [] }, acceptedAt));
}

test('minutes have a time, days a day, and what is not sure says so', () => {
  expect(promised('2026-11-23T15:10', { minutes: 60 })).toBe('2026-11-23 16:10 前');
  expect(promised('2026-11-23T15:10', { workingDays: 5 })).toBe('2026-11-30 下班前');
  expect(promised('2026-12-28T15:10', { workingDays: 5 })).toBe('以工作日历公布为准');
});

test('a hall that closes at midnight promises the day that ends then', () => {
  const rules = clockRules({ usual: ['00:00-24:00'] });
  expect(promised('2026-11-23T15:10', { workingDays: 5 }, rules)).toBe('2026-11-30 下班前');
});
