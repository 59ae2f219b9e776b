import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { type Counter, itemsOfferedAt } from '../catalogue/offered.ts';
import { papersAsked } from './papers.ts';
import { conditionsAsked } from './questions.ts';
import { MAX_TILES, type Tile } from './tile.ts';
import { isChosen, leavesOf, tilesFor } from './tiles.ts';

const HALL: Counter = { offers: ['registration'], place: 'hall' };
const PF_HALL: Counter = { offers: ['registration', 'provident-fund'], place: 'pf-hall' };
const BOTH: Counter = { offers: ['registration', 'provident-fund'], place: 'hall' };

function screensOf(tiles: readonly Tile[]): (readonly Tile[])[] {
  return [tiles, ...tiles.flatMap(({ leads }) => (leads.to === 'tiles' ? screensOf(leads.tiles) : []))];
}

describe.each([
  ['the hall', HALL, 60, 3],
  ["the fund's hall", PF_HALL, 47, 3],
  ['a hall with both', BOTH, 102, 4],
] as const)('the questions of %s', (_name, counter, count, deepest) => {
  const tiles = tilesFor(CATALOGUE, counter);
  const leaves = leavesOf(tiles);

  test('lead to every item that can be applied for, each at one place', () => {
    const offered = itemsOfferedAt(CATALOGUE, counter).filter(isChosen);
    expect(offered).toHaveLength(count);
    // D01 is chosen with its kind of project: two answers, one item.
    expect([...new Set(leaves.map(({ code }) => code))].sort()).toEqual(offered.map(({ code }) => code).sort());
    const twice = leaves.filter(({ code }, at) => leaves.findIndex((leaf) => leaf.code === code) < at);
    expect(twice.map(({ code, projectKind }) => `${code} ${projectKind}`)).toEqual(
      offered.some(({ code }) => code === 'D01') ? ['D01 DEVELOPER'] : [],
    );
  });

  test('have two to six answers a screen', () => {
    for (const screen of screensOf(tiles)) {
      expect(screen.length).toBeLessThanOrEqual(MAX_TILES);
      expect(screen.length).toBeGreaterThan(1);
      expect(new Set(screen.map(({ title }) => title)).size).toBe(screen.length);
      for (const { title, text } of screen) {
        // Two lines of a tile at most.
        expect(title.length, title).toBeLessThanOrEqual(14);
        expect(text.length, text).toBeLessThanOrEqual(16);
      }
    }
  });

  test(`need at most ${deepest}`, () => {
    expect(Math.max(...leaves.map(({ depth }) => depth))).toBe(deepest);
  });
});

test('card, questions, circumstances, papers and result are at most seven screens for any item of the hall', () => {
  for (const counter of [HALL, PF_HALL]) {
    for (const { code, depth } of leavesOf(tilesFor(CATALOGUE, counter))) {
      const item = CATALOGUE.items.find((each) => each.code === code);
      if (!item) throw new Error(code);
      const circumstances = conditionsAsked(item, CATALOGUE).length > 0 ? 1 : 0;
      const papers = papersAsked({ item, conditions: [], cardRead: true }, CATALOGUE).length > 0 ? 1 : 0;
      expect(1 + depth + circumstances + papers + 1, code).toBeLessThanOrEqual(7);
    }
  }
});

test('an item of a newer catalogue is found under 其他, whatever else there is', () => {
  const strays = Array.from({ length: 9 }, (_, at) => {
    const [first] = CATALOGUE.items;
    if (!first) throw new Error('no items');
    return { ...first, code: `B9${at}`, name: `新事项${at}` };
  });
  const tiles = tilesFor({ items: [...CATALOGUE.items, ...strays] }, HALL);
  expect(leavesOf(tiles).map(({ code }) => code)).toEqual(expect.arrayContaining(strays.map(({ code }) => code)));
  for (const screen of screensOf(tiles)) expect(screen.length).toBeLessThanOrEqual(MAX_TILES);
  const [stray] = strays;
  const one = tilesFor({ items: stray ? [...CATALOGUE.items, stray] : [] }, HALL);
  expect(leavesOf(one).some(({ code }) => code === 'B90')).toBe(true);
});
