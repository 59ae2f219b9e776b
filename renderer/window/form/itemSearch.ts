import type { Item, ItemGroup } from '../../../domain/catalogue/types.ts';

/**
 * Items by code, name or pinyin initials; what begins with the text comes first, then what contains it. An input
 * method's preedit arrives with separators (`y'b'd'y`), so marks and spaces are ignored.
 */
export function searchItems(items: readonly Item[], typed: string): Item[] {
  const text = typed.toLowerCase().replace(/['’\s]/g, '');
  if (text === '') return [...items];
  const rank = (item: Item): number => {
    const keys = [item.code.toLowerCase(), item.name.toLowerCase(), item.initials];
    if (keys.some((key) => key.startsWith(text))) return 0;
    return keys.some((key) => key.includes(text)) ? 1 : 2;
  };
  return items
    .map((item) => ({ item, order: rank(item) }))
    .filter(({ order }) => order < 2)
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Found items under the headings of their promised time. A group stands where its best hit does. */
export function groupItems(found: readonly Item[]): { group: ItemGroup; items: Item[] }[] {
  const groups = [...new Set(found.map((item) => item.group))];
  return groups.map((group) => ({ group, items: found.filter((item) => item.group === group) }));
}
