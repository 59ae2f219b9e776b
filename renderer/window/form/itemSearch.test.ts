import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { ITEM_INITIALS, searchItems } from './itemSearch.ts';

const codes = (typed: string) => searchItems(CATALOGUE.items, typed).map((item) => item.code);

test('every item has one initial per Han character of its name', () => {
  for (const item of CATALOGUE.items) {
    const han = item.name.match(/\p{Script=Han}/gu) ?? [];
    expect([item.code, ITEM_INITIALS[item.code]?.length]).toEqual([item.code, han.length]);
  }
});

test('code, name and initials find an item', () => {
  expect(codes('a05')).toEqual(['A05']);
  expect(codes('最高额')).toEqual(['A06', 'A15']);
  expect(codes('ybdy')).toEqual(['A05']);
});

test('what begins with the text comes before what contains it', () => {
  expect(codes('dyq')).toEqual(['A09', 'A05', 'A06', 'A08', 'A14', 'A15']);
});

test('the separators of an input method are ignored, and nothing typed lists all', () => {
  expect(codes("y'b'd'y")).toEqual(['A05']);
  expect(codes('')).toHaveLength(15);
  expect(codes('没有')).toEqual([]);
});
