import { expect, test } from 'vitest';
import {
  acceptedCase,
  lane,
  minuteAt,
  paymentOf,
  settleLanes,
  step,
  WALKER_STAFF,
} from '../../tests/fixtures/caseWalker.ts';
import { LANE_CODES, LANES } from './lanes.ts';
import { changeLane } from './reduceCase.ts';
import type { CaseRecord } from './types.ts';
import { findTask, shownLaneState, statesOf } from './workList.ts';

const { TAX, REV1, REV2, APP } = WALKER_STAFF;
const lists = (record: CaseRecord, at = minuteAt(60)) => LANE_CODES.filter((each) => findTask(record, each, at));
const dispatched = (item: string) => step(acceptedCase(item), 'T14', 'system', 1);

test('a case stands on the list of every lane whose turn it is, claimed or not, and leaves it when done', () => {
  let record = dispatched('A04');
  expect(lists(record)).toEqual(['TAX', 'HOU', 'FEE', 'REV1']);
  record = lane(record, { lane: 'FEE', event: 'claim' }, 2);
  expect(lists(record)).toContain('FEE');
  record = lane(record, { lane: 'FEE', event: 'release' }, 3);
  record = settleLanes(record, 4);
  expect(lists(record)).toEqual(['REV2']);
  record = step(record, 'T23', REV2, 6);
  expect(lists(record)).toEqual(['APP']);
  expect(lists(acceptedCase('A04'))).toEqual([]);
});

test('what a department returned stands with the first review, also when that one is done', () => {
  let record = lane(dispatched('A04'), { lane: 'REV1', event: 'claim' }, 2);
  record = lane(record, { lane: 'REV1', event: 'done' }, 3);
  expect(lists(record)).not.toContain('REV1');
  record = lane(record, { lane: 'HOU', event: 'claim' }, 4);
  record = lane(record, { lane: 'HOU', event: 'return', note: '未备案' }, 5);
  expect(lists(record)).toContain('REV1');
  expect(lists(record)).not.toContain('HOU');
  // It may be that it can never be put right: the approver sees it too (T41).
  expect(lists(record)).toContain('APP');
});

test('an overdue supplement comes to the approver the day after its deadline, a notice at once', () => {
  const supplement = step(dispatched('A04'), 'T15', REV1, 2);
  const deadline = supplement.supplements[0]?.deadline ?? '';
  expect(lists(supplement, `${deadline}T15:59:00.000Z`)).toEqual([]);
  expect(lists(supplement, `${deadline}T16:01:00.000Z`)).toEqual(['APP']);
  const notice = step(settleLanes(dispatched('C24'), 2), 'T18', REV2, 3);
  expect(lists(notice)).toEqual(['APP']);
});

test('a site visit waits for its report, a loan for its payment', () => {
  expect(lists(step(dispatched('C26'), 'T21', REV1, 2))).toEqual(['REV1']);
  const loan = step(step(settleLanes(dispatched('P03'), 2), 'T23', REV2, 3), 'T24', APP, 4);
  expect(lists(loan)).toEqual(['FEE', 'APP']);
});

test('every state in which a lane is open is asked for', () => {
  for (const each of LANE_CODES) expect(statesOf([each])).toEqual(expect.arrayContaining([...LANES[each].open]));
  expect(statesOf(['APP'])).toEqual(['REVIEWED', 'SUPPLEMENT', 'NOTICE', 'PARALLEL', 'APPROVED']);
});

test('a department that finds a case none of its own says why, and the case goes on without it', () => {
  let record = lane(dispatched('A04'), { lane: 'TAX', event: 'claim' }, 2);
  const skip = (note?: string, which: 'TAX' | 'REV1' = 'TAX') =>
    changeLane(record, { lane: which, event: 'skip', note }, { id: record.id, actor: TAX, at: minuteAt(3) });
  expect(skip()).toMatchObject({ ok: false, code: 'illegal-transition' });
  expect(skip(' ')).toMatchObject({ ok: false });
  record = lane(record, { lane: 'REV1', event: 'claim' }, 3);
  expect(skip('不是我的', 'REV1')).toMatchObject({ ok: false, code: 'illegal-transition' });
  record = lane(record, { lane: 'TAX', event: 'skip', note: '不属于应税行为' }, 4);
  expect(record.lanes.TAX).toMatchObject({ state: 'SKIPPED', note: '不属于应税行为' });
  expect(record.history.at(-1)).toMatchObject({ step: 'TAX:skip', note: '不属于应税行为' });
  record = lane(record, { lane: 'REV1', event: 'release' }, 5);
  expect(lists(settleLanes(record, 6))).toEqual(['REV2']);
});

test('money of a withdrawn case stays with the fee lane until it is back', () => {
  let record = step(step(settleLanes(dispatched('A05'), 2), 'T23', REV2, 3), 'T24', APP, 4);
  record = step(step(record, 'T25', 'system', 4), 'T40', WALKER_STAFF.WIN, 5);
  expect(lists(record)).toEqual(['ARC']);
  const paid = { ...paymentOf(record, 4), amountFen: 8000 };
  expect(lists({ ...record, payments: [paid] })).toEqual(['FEE', 'ARC']);
  expect(lists({ ...record, payments: [paid, { ...paid, kind: 'refunded' }] })).toEqual(['ARC']);
});

test('what a withdrawal left open is shown as nobody’s; what was done stays done, and the archive has its turn', () => {
  let record = step(settleLanes(dispatched('A05'), 2), 'T23', REV2, 3);
  record = step(record, 'T24', APP, 4);
  const shown = () => LANE_CODES.map((each) => `${each} ${shownLaneState(record, each)}`);
  expect(shown()).toEqual(LANE_CODES.map((each) => `${each} ${record.lanes[each].state}`));
  expect(shownLaneState(record, 'BOOK')).toBe('PENDING');
  record = step(record, 'T40', WALKER_STAFF.WIN, 5);
  expect(shown().slice(2)).toEqual([
    'FEE DONE',
    'REV1 DONE',
    'REV2 DONE',
    'APP DONE',
    'BOOK SKIPPED',
    'PRT SKIPPED',
    'QC SKIPPED',
    'ARC PENDING',
  ]);
});
