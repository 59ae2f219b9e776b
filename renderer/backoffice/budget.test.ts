import { expect, test } from 'vitest';
import type { LaneTask } from '../../domain/case/lanes.ts';
import { clockRules } from '../../domain/clock/caseClock.ts';
import { USUAL_HOURS } from '../../domain/clock/openingHours.ts';
import { budgetOf } from './budget.ts';

const rules = clockRules({ usual: USUAL_HOURS });
/** Monday 09:00 in the hall. */
const OPENED = '2026-11-23T01:00:00.000Z';
const task: LaneTask = { state: 'PENDING', since: OPENED, openedAt: OPENED, by: null, note: null };
const after = (minutes: number) => budgetOf(rules, 'FEE', task, [], Date.parse(OPENED) + minutes * 60_000);

test('a budget of 20 minutes is near from the fourteenth and over from the twentieth', () => {
  expect(after(13)).toEqual({ state: 'calm', share: 0.65, left: 7 });
  expect(after(14)?.state).toBe('near');
  expect(after(20)).toMatchObject({ state: 'over', left: 0 });
  expect(after(25)?.left).toBe(-5);
});

test('the archive has no budget, and a lane whose turn has not come has none yet', () => {
  expect(budgetOf(rules, 'ARC', task, [], Date.parse(OPENED))).toBeNull();
  expect(budgetOf(rules, 'FEE', { ...task, openedAt: null }, [], Date.parse(OPENED))).toBeNull();
});
