import { expect, test } from 'vitest';
import { acceptedCase, minuteAt } from '../../tests/fixtures/caseWalker.ts';
import { clockRules } from '../clock/caseClock.ts';
import { USUAL_HOURS } from '../clock/openingHours.ts';
import type { Pause } from '../clock/pauses.ts';
import { hallMinute } from '../time/hallTime.ts';
import { forecastFinish, laneMinutes } from './forecast.ts';
import { dispatchLanes, type Lane, type LaneTask, noLanes } from './lanes.ts';

const RULES = clockRules({ usual: USUAL_HOURS });
const ROUTE = { business: 'registration', output: 'proof', skipped: ['TAX', 'HOU'], siteVisit: false } as const;
const lanes = () => dispatchLanes(noLanes(minuteAt(0)), { ...ROUTE, skipped: [...ROUTE.skipped] }, minuteAt(0));
const finish = (
  change: Partial<Record<Lane, Partial<LaneTask>>>,
  minute: number,
  output: 'proof' | 'none' = 'proof',
) => {
  const own = lanes();
  const changed = Object.fromEntries(
    Object.entries(own).map(([lane, task]) => [lane, { ...task, ...change[lane as Lane] }]),
  ) as typeof own;
  const route = { ...ROUTE, skipped: [...ROUTE.skipped], output };
  return hallMinute(forecastFinish(RULES, { lanes: changed, route, pauses: [] }, Date.parse(minuteAt(minute)))).slice(
    11,
  );
};

// 09:00: parallel 20, review 10, approval 5, book 2, print 5, check 3, call 5.
test('every budget that is left, the parallel lanes beside each other', () => {
  expect(finish({}, 0)).toBe('09:50');
  expect(finish({}, 12)).toBe('09:50');
  expect(finish({ FEE: { state: 'DONE' } }, 12)).toBe('09:50');
});

test('a lane that is late moves the end; one that is early brings it forward', () => {
  expect(finish({}, 30)).toBe('10:00');
  expect(finish({ FEE: { state: 'DONE' }, REV1: { state: 'DONE' } }, 5)).toBe('09:35');
});

test('what gives no certificate needs no printing and no check', () => {
  expect(finish({}, 0, 'none')).toBe('09:42');
});

test('a lane counts opening minutes, and stands once it is done', () => {
  const { REV1 } = lanes();
  expect(laneMinutes(RULES, REV1, [], Date.parse(minuteAt(12)))).toBe(12);
  // 11:30 to 13:00 is lunch.
  expect(laneMinutes(RULES, REV1, [], Date.parse(minuteAt(250)))).toBe(160);
  expect(laneMinutes(RULES, { ...REV1, state: 'DONE', since: minuteAt(7) }, [], Date.parse(minuteAt(12)))).toBe(7);
  expect(laneMinutes(RULES, acceptedCase().lanes.QC, [], Date.parse(minuteAt(12)))).toBeNull();
});

test('while the promise stands no lane uses up its budget', () => {
  const { FEE } = lanes();
  const pause = (from: number, to: number | null): Pause => ({
    kind: 'P1',
    from: Date.parse(minuteAt(from)),
    to: to === null ? null : Date.parse(minuteAt(to)),
    by: '2004',
    reason: '抵押合同',
    proof: '',
  });
  expect(laneMinutes(RULES, FEE, [pause(10, null)], Date.parse(minuteAt(90)))).toBe(10);
  expect(laneMinutes(RULES, FEE, [pause(10, 70)], Date.parse(minuteAt(90)))).toBe(30);
  // The law's clock goes on while a fee is awaited; the promise and its budgets do not.
  expect(laneMinutes(RULES, FEE, [{ ...pause(10, null), kind: 'P4' }], Date.parse(minuteAt(90)))).toBe(10);
});
