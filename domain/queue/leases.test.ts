import { describe, expect, test } from 'vitest';
import { type Block, blocksOf, emergencyPrefix, freeBlock, numberIn, tenureOf, usableLease } from './leases.ts';

test('blocks are given in the order in which they are asked for, the first one number shorter', () => {
  const given: Block[] = [];
  for (let count = 0; count < 3; count += 1) given.push(freeBlock(given) ?? { first: 0, last: 0 });
  expect(given).toEqual([
    { first: 1, last: 499 },
    { first: 500, last: 999 },
    { first: 1000, last: 1499 },
  ]);
});

test('no two of them ever share a number, and all of four digits are given', () => {
  const given: Block[] = [];
  for (let block = freeBlock(given); block !== null; block = freeBlock(given)) given.push(block);
  const numbers = given.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toHaveLength(9999);
});

test('four take-overs in a row never give from the same numbers, and each has several blocks', () => {
  const tenures = [0, 1, 2, 3].map((fence) => {
    const given: Block[] = [];
    for (;;) {
      const block = freeBlock(given, blocksOf(fence));
      if (!block) return given;
      given.push(block);
    }
  });
  expect(tenures.map((given) => given.length)).toEqual([5, 5, 5, 5]);
  expect(tenures.map((given) => [given[0]?.first, given.at(-1)?.last])).toEqual([
    [1, 2499],
    [2500, 4999],
    [5000, 7499],
    [7500, 9999],
  ]);
  expect(blocksOf(4)).toEqual(blocksOf(0));
});

test('data that were put back give from other numbers than before, and who never forgot anything from all of them', () => {
  expect(blocksOf(tenureOf(null, 1))).toEqual({ first: 1, last: 9999 });
  // As after a restore: an epoch in seconds since 1970.
  for (const epoch of [2, 1_795_743_013, 1_795_743_014, 1_795_743_015])
    expect(blocksOf(tenureOf(null, epoch)).first).toBeGreaterThanOrEqual(2500);
  expect(tenureOf(3, 1_795_743_013)).toBe(3);
});

test('a hole is given before what lies behind it', () => {
  expect(
    freeBlock([
      { first: 1, last: 499 },
      { first: 1000, last: 1499 },
    ]),
  ).toEqual({ first: 500, last: 999 });
});

describe('the next number of a block', () => {
  const block = { first: 500, last: 502 };

  test.each([
    [0, 500],
    [500, 501],
    [501, 502],
    [502, null],
    [499, 500],
    [700, null],
  ])('highest given %i: %s', (highest, expected) => {
    expect(numberIn(block, highest)).toBe(expected);
  });
});

test('a lease of another epoch, device, day or prefix is not used', () => {
  const lease = { device: 'd', epoch: 2, holder: 'K01', prefix: 'A', day: '2026-11-27', first: 1, last: 499 };
  const asked = { device: 'd', epoch: 2, prefix: 'A', day: '2026-11-27' };
  expect(usableLease([lease], asked)).toBe(lease);
  for (const other of [{ epoch: 3 }, { device: 'e' }, { day: '2026-11-28' }, { prefix: 'B' }]) {
    expect(usableLease([lease], { ...asked, ...other })).toBeNull();
  }
});

test.each([
  ['K01', 'ZA'],
  ['K02', 'ZB'],
  ['K26', 'ZZ'],
  ['K27', null],
  ['K00', null],
  ['W01', null],
  ['HUB', null],
])('%s gives numbers with prefix %s when it has neither hub nor lease', (terminal, prefix) => {
  expect(emergencyPrefix(terminal)).toBe(prefix);
});
