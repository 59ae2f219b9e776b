import { expect, test } from 'vitest';
import { feeLinesOf } from './feeLines.ts';

const DAY = '2026-11-23';
const lines = (item: string, use: 'residential' | 'other', certificates: number, exemption = '') =>
  feeLinesOf(item, { use, certificates, exemption }, DAY)?.map(({ class: name, count, unitFen, reducedFen }) => [
    name,
    count,
    unitFen,
    reducedFen,
  ]);

test('the table of the day gives the lines; further copies are counted on one line', () => {
  expect(lines('A05', 'residential', 1)).toEqual([['F1', 1, 8000, 0]]);
  expect(lines('A04', 'other', 3)).toEqual([
    ['F1', 1, 55_000, 0],
    ['extra-copy', 2, 1000, 0],
  ]);
});

test('an exemption takes each line off whole and says why', () => {
  expect(lines('A04', 'residential', 2, '小微企业')).toEqual([
    ['F1', 1, 8000, 8000],
    ['extra-copy', 1, 1000, 1000],
  ]);
  expect(feeLinesOf('A04', { use: 'other', certificates: 1, exemption: '小微企业' }, DAY)?.[0]?.reason).toBe(
    '小微企业',
  );
});

test('before the table begins, and for an unknown item, there are no lines', () => {
  expect(feeLinesOf('A05', { use: 'other', certificates: 1, exemption: '' }, '2010-01-01')).toBeNull();
  expect(feeLinesOf('Z99', { use: 'other', certificates: 1, exemption: '' }, DAY)).toBeNull();
});
