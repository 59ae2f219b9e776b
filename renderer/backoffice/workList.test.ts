import { expect, test } from 'vitest';
import type { Lane } from '../../domain/case/lanes.ts';
import { lanesOf, rowsShown, type TaskRow } from './workList.ts';

const row = (lane: Lane, number: string, holder: string): TaskRow => ({
  lane,
  task: { state: 'PENDING', since: '', openedAt: null, by: null, note: null },
  byName: null,
  budgetDueAt: null,
  summary: {
    number,
    holder,
    itemCode: 'A05',
    itemName: '一般抵押权首次登记',
    location: '龙山区东吉大街12号',
  } as TaskRow['summary'],
});
const ROWS = [row('REV1', '20261123070001', '张三'), row('REV1', '20261123070002', '李娜'), row('FEE', '1', '张三')];
const holders = (lane: Lane, filter: string) => rowsShown(ROWS, lane, filter).map((each) => each.summary.holder);

test('the lanes of a person stand in the order of the work', () => {
  expect(lanesOf(['QC', 'SUP', 'REV1'])).toEqual(['REV1', 'QC']);
  expect(lanesOf(['SUP', 'WIN'])).toEqual([]);
});

test('a filter finds by number, name, item or place; several words must all fit', () => {
  expect(holders('REV1', '')).toEqual(['张三', '李娜']);
  expect(holders('REV1', '0002')).toEqual(['李娜']);
  expect(holders('REV1', 'a05 张')).toEqual(['张三']);
  expect(holders('REV1', '东吉 抵押')).toEqual(['张三', '李娜']);
  expect(holders('FEE', '李')).toEqual([]);
});
