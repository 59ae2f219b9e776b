import { expect, test } from 'vitest';
import { byShare, partsOf, rankReasons, spentWords, sumUp } from './visits.ts';

const HOUR = 3_600_000;
const row = (itemCode: string, ended: number, oneVisit: number, supplement = 0, noShow = 0) => ({
  itemCode,
  itemName: itemCode,
  accepted: ended + 1,
  ended,
  oneVisit,
  reasons: { supplement, 'pickup-another-day': 0, 'no-show': noShow },
  median: null,
});

test('all is said only of all: 199 of 200 is 99 percent, and of none ended there is no share', () => {
  expect(sumUp([row('A01', 100, 100), row('A02', 100, 99)])).toEqual({ accepted: 202, ended: 200, percent: 99 });
  expect(sumUp([row('A01', 3, 3)]).percent).toBe(100);
  expect(sumUp([row('A01', 0, 0)]).percent).toBeNull();
});

test('reasons are ranked over all items, and those that never came are left out', () => {
  expect(rankReasons([row('A01', 9, 5, 1, 2), row('A02', 9, 5, 0, 1)])).toEqual([
    { reason: 'no-show', count: 3 },
    { reason: 'supplement', count: 1 },
  ]);
  expect(rankReasons([row('A01', 9, 9)])).toEqual([]);
});

test('the item that sends people home most often stands on top, one without an end at the bottom', () => {
  const codes = byShare([row('B01', 0, 0), row('A02', 4, 4), row('A03', 4, 1), row('A01', 4, 4)]);
  expect(codes.map(({ itemCode }) => itemCode)).toEqual(['A03', 'A01', 'A02', 'B01']);
});

test('the parts of the time add up to the whole, and days are told as days', () => {
  const { parts, whole } = partsOf({ office: HOUR, idle: HOUR, paused: 0, pickupWait: 2 * HOUR, handover: 0 });
  expect(whole).toBe(4 * HOUR);
  expect(parts.map(({ share }) => share)).toEqual([0.25, 0.25, 0, 0.5, 0]);
  expect(partsOf({ office: 0, idle: 0, paused: 0, pickupWait: 0, handover: 0 }).parts[0]?.share).toBe(0);
  expect([55 * 60_000, 1.5 * HOUR, 36 * HOUR].map(spentWords)).toEqual(['55 分钟', '1 时 30 分', '1.5 天']);
});
