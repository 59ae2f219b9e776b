import { expect, test } from 'vitest';
import { DEFAULT_PLAN } from '../queue/plan.ts';
import { findPlanProblems, POLICY_LIMITS, policyValue, unservedQueues } from './planProblems.ts';

const { windows, policy } = DEFAULT_PLAN;
const [first = windows[0], ...rest] = windows;

function withFirst(change: object) {
  return findPlanProblems({ policy, windows: [{ ...first, ...change } as (typeof windows)[number], ...rest] });
}

test('the program’s own plan has no problem', () => {
  expect(findPlanProblems(DEFAULT_PLAN)).toEqual([]);
});

test.each([
  [{ number: 2 }, { kind: 'number-twice', about: '2' }],
  [{ number: 100 }, { kind: 'number-bad', about: '100' }],
  [{ number: Number.NaN }, { kind: 'number-bad', about: 'NaN' }],
  [{ terminal: 'W02' }, { kind: 'terminal-twice', about: 'W02' }],
  [{ terminal: 'w1' }, { kind: 'terminal-bad', about: 'w1' }],
  [{ queues: [] }, { kind: 'no-queue', about: '1' }],
  [{ floor: 0 }, { kind: 'floor-bad', about: '1' }],
  [{ zone: '二楼' }, { kind: 'zone-bad', about: '1' }],
])('a window with %o is refused', (change, problem) => {
  expect(withFirst(change)).toContainEqual(problem);
});

test('a plan without a window, and a rule out of its limits, are refused', () => {
  expect(findPlanProblems({ policy, windows: [] })).toEqual([{ kind: 'no-window', about: '' }]);
  const long = { ...policy, holdMaxMs: 121 * 60_000, recallAfterMs: 5_500 };
  expect(findPlanProblems({ windows, policy: long })).toEqual([
    { kind: 'policy-bad', about: 'recallAfterMs' },
    { kind: 'policy-bad', about: 'holdMaxMs' },
  ]);
});

test('a rule is typed in its own unit, within its limits', () => {
  expect(policyValue('holdMaxMs', ' 30 ')).toBe(30 * 60_000);
  expect(policyValue('recallAfterMs', '15')).toBe(15_000);
  expect(policyValue('maxCalls', '3')).toBe(3);
  expect([policyValue('maxCalls', '4'), policyValue('maxCalls', '1.5'), policyValue('slotLateMs', '')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(policyValue('slotLateMs', String(POLICY_LIMITS.slotLateMs.from))).toBe(0);
});

test('a queue that no window serves is named', () => {
  expect(unservedQueues(DEFAULT_PLAN, ['A', 'B', 'X'])).toEqual(['X']);
});
