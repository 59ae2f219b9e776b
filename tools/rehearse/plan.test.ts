import { expect, test } from 'vitest';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { planVisitors } from './plan.ts';

const DAY = { tickets: 600, kiosks: 2, windows: 18, opensAt: 0, hours: 8, seed: 1 };

test('the same seed is the same day, another is another', () => {
  expect(planVisitors(DAY)).toEqual(planVisitors(DAY));
  expect(planVisitors({ ...DAY, seed: 2 })).not.toEqual(planVisitors(DAY));
});

test('a day has every kind of visitor, in order of their coming, for items of the catalogue', () => {
  const { visitors, lastTicketMs } = planVisitors(DAY);
  expect(visitors).toHaveLength(600);
  expect(visitors.map(({ arrivesAt }) => arrivesAt)).toEqual(
    visitors.map(({ arrivesAt }) => arrivesAt).sort((a, b) => a - b),
  );
  expect(Math.max(...visitors.map(({ arrivesAt }) => arrivesAt))).toBeLessThan(lastTicketMs);
  expect(new Set(visitors.map((visitor) => visitor.class))).toEqual(new Set(['ordinary', 'priority', 'enterprise']));
  expect(new Set(visitors.map(({ misses }) => misses))).toEqual(new Set([0, 1, 2, 3]));
  for (const kind of ['isHeld', 'isTransferred', 'brings', 'elder'] as const)
    expect(
      visitors.some((visitor) => visitor[kind]),
      kind,
    ).toBe(true);
  for (const { itemCode } of visitors) expect(findItem(itemCode)).toBeTruthy();
});
