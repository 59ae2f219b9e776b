import { expect, test } from 'vitest';
import { acceptedCase, settleLanes, step, WALKER_STAFF } from '../../../tests/fixtures/caseWalker.ts';
import { feeTurnOf } from './feeTurn.ts';

const dispatched = step(acceptedCase('A05'), 'T14', 'system', 1);
const assessed = settleLanes(dispatched, 2);
const approved = step(step(assessed, 'T23', WALKER_STAFF.REV2, 3), 'T24', WALKER_STAFF.APP, 4);
const waiting = step(approved, 'T25', 'system', 4);

test('a fee is assessed while the lanes work side by side, also for the second time', () => {
  expect(feeTurnOf(dispatched)).toBe('assess');
  expect(feeTurnOf(assessed)).toBe('assess');
});

test('it is taken while it is owed, and the page goes on saying so when it is paid, or when the case ends', () => {
  expect(feeTurnOf(waiting)).toBe('take');
  expect(feeTurnOf(approved)).toBe('take');
  expect(feeTurnOf(step(waiting, 'T40', WALKER_STAFF.WIN, 5))).toBe('take');
});

test('only a loan of the provident fund is paid out', () => {
  const loan = step(acceptedCase('P03'), 'T14', 'system', 1);
  const granted = step(step(settleLanes(loan, 2), 'T23', WALKER_STAFF.REV2, 3), 'T24', WALKER_STAFF.APP, 4);
  expect(feeTurnOf(granted)).toBe('pay-out');
});
