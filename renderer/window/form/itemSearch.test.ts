import { expect, test } from 'vitest';
import { OFFERED_ITEMS } from '../../../domain/catalogue/catalogue.ts';
import { groupItems, searchItems } from './itemSearch.ts';

const codes = (typed: string) => searchItems(OFFERED_ITEMS, typed).map((item) => item.code);

test('code, name and initials find an item', () => {
  expect(codes('a05')).toEqual(['A05']);
  expect(codes('最高额')).toEqual(['A06', 'A15']);
  expect(codes('ybdy')).toEqual(['A05']);
  expect(codes('esf')).toEqual(['C01']);
});

test('what begins with the text comes before what contains it', () => {
  expect(codes('dyq')).toEqual(['A09', 'B07', 'B08', 'C31', 'A05', 'A06', 'A08', 'A14', 'A15', 'B12', 'C32']);
});

test('the separators of an input method are ignored, and nothing typed lists all', () => {
  expect(codes("y'b'd'y")).toEqual(['A05']);
  expect(codes('')).toHaveLength(61);
  expect(codes('没有')).toEqual([]);
});

test('groups stand in the order of their best hits and keep the order inside', () => {
  const grouped = (typed: string) =>
    groupItems(searchItems(OFFERED_ITEMS, typed)).map(({ group, items }) => [group, items.map((item) => item.code)]);
  expect(grouped('').map(([group, items]) => [group, items?.length])).toEqual([
    ['A', 15],
    ['B', 12],
    ['C', 33],
    ['D', 1],
  ]);
  expect(grouped('更正')).toEqual([['B', ['B02', 'B11']]]);
  expect(grouped('gyjsydsyqjfw')).toEqual([
    ['D', ['D01']],
    ['C', ['C33']],
  ]);
});
