import { expect, test } from 'vitest';
import { findWorkProblem, lateSteps, resultsOf } from './closing.ts';
import type { WorkOrderRecord } from './types.ts';

const NOTE = '已电话联系';
const RATED = '1001';
const OTHER = '9001';
const order = (state: WorkOrderRecord['state']) => ({ clerk: RATED, state });

test.each([
  ['fixed', 'work-order-not-contacted'],
  ['explained', 'work-order-not-contacted'],
  // Somebody tried, and says so.
  ['unreachable', null],
] as const)('before anybody was spoken to, %s', (result, problem) => {
  expect(findWorkProblem(order('open'), { result, note: NOTE }, OTHER)).toBe(problem);
  expect(findWorkProblem(order('contacted'), { result, note: NOTE }, OTHER)).toBeNull();
});

test.each([null, 'fixed'] as const)('whoever says %s says what was done, and it is not the rated clerk', (result) => {
  expect(findWorkProblem(order('contacted'), { result, note: ' ' }, OTHER)).toBe('bad-input');
  expect(findWorkProblem(order('contacted'), { result, note: NOTE }, RATED)).toBe('two-person');
});

test('what can be chosen is what is taken', () => {
  for (const state of ['open', 'contacted'] as const) {
    for (const result of resultsOf(order(state))) {
      expect(findWorkProblem(order(state), { result, note: NOTE }, OTHER)).toBeNull();
    }
  }
});

const at = (hour: number) => new Date(hour * 3_600_000).toISOString();
const dues = { contactDue: 10 * 3_600_000, settleDue: 50 * 3_600_000 };
const late = (contactedAt: number | null, settledAt: number | null, now: number) => {
  const contacted = contactedAt === null ? null : { at: at(contactedAt), by: OTHER, note: NOTE };
  const settled = settledAt === null ? null : { at: at(settledAt), by: OTHER, note: NOTE, result: 'fixed' as const };
  const { contactLate, settleLate } = lateSteps({ contacted, settled }, dues, now * 3_600_000);
  return [contactLate, settleLate];
};

test('what was late stays late, and what was done in time stays in time', () => {
  expect(late(null, null, 9)).toEqual([false, false]);
  expect(late(null, null, 10)).toEqual([true, false]);
  expect(late(9, null, 49)).toEqual([false, false]);
  expect(late(11, null, 50)).toEqual([true, true]);
  expect(late(9, 49, 400)).toEqual([false, false]);
  expect(late(9, 51, 400)).toEqual([false, true]);
  // Not reached: the try is what ended it.
  expect(late(null, 9, 400)).toEqual([false, false]);
});
