import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../tests/fixtures/queueHall.ts';
import { type DayFigures, simulatePolicy, USUAL_DAY } from '../../tests/fixtures/simulatePolicy.ts';
import type { QueuePolicy } from './hallTypes.ts';
import { DEFAULT_PLAN } from './plan.ts';

/** Whole days of 600 numbers at 18 windows, the same each time: what the policy does to those who wait. */

function dayOf(changed: Partial<typeof USUAL_DAY> = {}, policy: Partial<QueuePolicy> = {}): DayFigures {
  const plan = { ...DEFAULT_PLAN, policy: { ...DEFAULT_PLAN.policy, ...policy } };
  return simulatePolicy(plan, { ...USUAL_DAY, ...changed });
}

const usual = dayOf();

describe('a usual day', () => {
  test('ends with nobody left, nobody called twice and nobody lost', () => {
    expect(usual).toMatchObject({ left: 0, doubles: 0 });
    expect(usual.served + usual.voided).toBe(600);
  });

  test('those with priority and those in their slot wait for minutes, the others longer', () => {
    expect(usual.byClass.priority?.longestMs).toBeLessThan(10 * MINUTE);
    expect(usual.byClass.appointment?.longestMs).toBeLessThan(15 * MINUTE);
    expect(usual.byClass.ordinary?.medianMs).toBeGreaterThan(usual.byClass.appointment?.medianMs ?? 0);
  });

  test('green windows spare enterprises most of the wait', () => {
    expect(usual.byClass.enterprise?.medianMs).toBeLessThan((usual.byClass.ordinary?.medianMs ?? 0) / 2);
  });

  test('a certificate that lies ready is called for within half an hour', () => {
    expect(usual.collected).toBeGreaterThan(100);
    expect(usual.longestPickupMs).toBeLessThan(30 * MINUTE);
  });
});

describe('a day on which every second has priority', () => {
  const flood = { priority: 0.5 };
  const capped = dayOf(flood);

  test('ordinary people are served all day long, and nobody is left', () => {
    expect(capped).toMatchObject({ left: 0, doubles: 0 });
    expect(capped.byClass.ordinary?.longestMs).toBeLessThan(90 * MINUTE);
  });

  test('without the cap they would wait much longer', () => {
    const uncapped = dayOf(flood, { maxPrioritiesInRow: 100, agedAfterMs: 24 * 60 * MINUTE });
    expect(uncapped.byClass.ordinary?.medianMs).toBeGreaterThan(1.3 * (capped.byClass.ordinary?.medianMs ?? 0));
  });
});
