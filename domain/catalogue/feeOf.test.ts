import { expect, test } from 'vitest';
import { CATALOGUE, findItem } from './catalogue.ts';
import { type FeeFacts, feeOf } from './feeOf.ts';
import type { FeeRow } from './types.ts';

const DAY = '2026-11-23';
const HOME: FeeFacts = { use: 'residential', certificates: 1, exempt: false };
const SHOP: FeeFacts = { ...HOME, use: 'other' };

function fen(code: string, facts: FeeFacts, day = DAY, fees: readonly FeeRow[] = CATALOGUE.fees): number | undefined {
  const item = findItem(code);
  if (!item) throw new Error(code);
  return feeOf(item, facts, fees, day)?.amountFen;
}

/** Amounts of domain.md §2.7, yuan for a home and for anything else. */
test.each([
  ['A05', 'F1', 80, 550],
  ['C20', 'F80', 80, 80],
  ['B01', 'F½', 40, 275],
  ['A03', 'F0', 0, 0],
  ['A02', 'FG', 10, 10],
  ['C18', 'F0/F1', 80, 550],
])('%s of class %s costs %d or %d yuan', (code, feeClass, home, shop) => {
  expect(findItem(code)?.fee).toBe(feeClass);
  expect([fen(code, HOME), fen(code, SHOP)]).toEqual([home * 100, shop * 100]);
});

test('every certificate after the first costs ten yuan more, but nothing where nothing is charged', () => {
  expect(fen('C01', { ...HOME, certificates: 3 })).toBe(10_000);
  expect(fen('C09', { ...HOME, certificates: 2 })).toBe(2000);
  expect(fen('C29', { ...HOME, certificates: 3 })).toBe(0);
});

test('small enterprises and subsidised housing pay nothing whatever the item', () => {
  for (const code of ['A05', 'C18', 'B02', 'A02'])
    expect(fen(code, { ...SHOP, certificates: 2, exempt: true })).toBe(0);
});

test('every offered item has a fee today, and none before the table begins', () => {
  for (const { code } of CATALOGUE.items) {
    expect(fen(code, HOME), code).toBeGreaterThanOrEqual(0);
    expect(fen(code, HOME, '2016-12-05'), code).toBeUndefined();
  }
});

test('a new decree counts from its day on', () => {
  const fees: FeeRow[] = [
    { class: 'F1', use: 'residential', amountFen: 6000, basis: 'new', validFrom: '2027-01-01' },
    ...CATALOGUE.fees,
  ];
  expect(fen('C01', HOME, '2026-12-31', fees)).toBe(8000);
  expect(fen('C01', HOME, '2027-01-01', fees)).toBe(6000);
  expect(fen('C01', SHOP, '2027-01-01', fees)).toBe(55_000);
});

test('a fee for no certificate or half of one is not computed', () => {
  for (const certificates of [0, -1, 1.5, Number.NaN]) {
    expect(() => fen('C01', { ...HOME, certificates })).toThrow(RangeError);
  }
});
