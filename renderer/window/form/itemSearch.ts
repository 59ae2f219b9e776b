import type { Item } from '../../../domain/catalogue/types.ts';

/** Initials of the names' pinyin, one letter per Han character; a test checks that the lengths agree. */
export const ITEM_INITIALS: Record<string, string> = {
  A01: 'bdcqlzxdj',
  A02: 'hzdj',
  A03: 'cfdjhycf',
  A04: 'spfmmzydj',
  A05: 'ybdyqscdj',
  A06: 'zgedyqscdj',
  A07: 'ygspfygdj',
  A08: 'ygspfdyqygdj',
  A09: 'dyqzxdj',
  A10: 'cfdjzx',
  A11: 'ygdjzx',
  A12: 'yydjzx',
  A13: 'lhcfxxcfdj',
  A14: 'dyygzdyqscdj',
  A15: 'zgedyqqddj',
};

/**
 * Items by code, name or pinyin initials; what begins with the text comes first, then what contains it. An input
 * method's preedit arrives with separators (`y'b'd'y`), so marks and spaces are ignored.
 */
export function searchItems(items: readonly Item[], typed: string): Item[] {
  const text = typed.toLowerCase().replace(/['’\s]/g, '');
  if (text === '') return [...items];
  const rank = (item: Item): number => {
    const keys = [item.code.toLowerCase(), item.name.toLowerCase(), ITEM_INITIALS[item.code] ?? ''];
    if (keys.some((key) => key.startsWith(text))) return 0;
    return keys.some((key) => key.includes(text)) ? 1 : 2;
  };
  return items
    .map((item) => ({ item, order: rank(item) }))
    .filter(({ order }) => order < 2)
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
