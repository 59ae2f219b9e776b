import { describe, expect, test } from 'vitest';
import { type Asked, asksOf, loansSecuredBy, mortgageWaysOf, type Need, sealKindsOf, transferBefore } from './asks.ts';
import { CATALOGUE, findItem } from './catalogue.ts';
import type { Item } from './types.ts';

const itemOf = (code: string): Item => {
  const item = findItem(code);
  if (!item) throw new Error(code);
  return item;
};
const offered = CATALOGUE.items.filter(({ enabled }) => enabled);
const asking = (asked: Asked, need?: Need): string[] =>
  offered.filter((item) => (need ? asksOf(item)[asked] === need : asksOf(item)[asked])).map(({ code }) => code);

describe('which items ask for what', () => {
  test.each([
    // Contracts of a claim: domain.md §2.8, M08 or M10.
    ['mortgage', 'needed', ['A05', 'A06', 'A08', 'A14', 'C32']],
    // What court staff brings (T43).
    ['seal', 'needed', ['A03', 'A10', 'A13']],
    ['objection', 'needed', ['B03']],
    // A filed contract of sale names the price: M06 or M11.
    ['price', 'needed', ['A04', 'A07', 'C01', 'C17', 'C18', 'C20']],
  ] as const)('%s, %s: %j', (asked, need, codes) => {
    expect(asking(asked, need)).toEqual(codes);
    expect(asking(asked).filter((code) => !(codes as readonly string[]).includes(code) && need === 'needed')).toEqual(
      asked === 'price' ? asking('price', 'optional') : [],
    );
  });

  test('a gift and an inheritance may have a price, a cancellation and a mortgage have none', () => {
    for (const code of ['C03', 'C06', 'C22']) expect(asksOf(itemOf(code)).price).toBe('optional');
    for (const code of ['A01', 'A05', 'A09', 'B01', 'D01']) expect(asksOf(itemOf(code)).price).toBeUndefined();
  });

  test('how several own is asked where a title comes of it, and nowhere else', () => {
    for (const code of asking('shares')) expect(itemOf(code).output).toBe('certificate');
    for (const code of ['A04', 'C01', 'C07', 'C21', 'D01', 'B01']) expect(asking('shares')).toContain(code);
    for (const code of ['A05', 'A07', 'A09', 'B11', 'P03']) expect(asking('shares')).not.toContain(code);
  });

  test('the use of a house is asked with a title and where the fee depends on it, not of bare land', () => {
    for (const code of ['A05', 'A04', 'C01', 'D01', 'B03']) expect(asking('use')).toContain(code);
    for (const code of ['C21', 'C22', 'C28', 'C29', 'C30', 'A03', 'A09', 'P03']) {
      expect(asking('use')).not.toContain(code);
    }
    expect(asking('land')).toEqual(['C21', 'C22', 'C23', 'C24', 'C26', 'C28', 'C29', 'C30', 'C33', 'D01']);
  });

  test('a card is needed for every withdrawal and where a loan is repaid from it', () => {
    expect(asking('bank', 'needed')).toEqual([
      ...Array.from({ length: 13 }, (_, at) => `W${String(at + 1).padStart(2, '0')}`),
      ...['P01', 'P02', 'P03', 'P06'],
    ]);
    expect(asking('bank')).toHaveLength(42);
  });

  test('the way of delivery is asked where there is something to deliver', () => {
    for (const item of offered) expect(asksOf(item).delivery === undefined).toBe(item.output === 'none');
  });

  test('what the register holds is asked where the holder disposes', () => {
    for (const code of ['C01', 'A05', 'A07', 'A01']) expect(asking('register')).toContain(code);
    for (const code of ['A03', 'A09', 'B02', 'C13', 'D01', 'P03']) expect(asking('register')).not.toContain(code);
  });
});

test.each([
  ['A05', ['ordinary']],
  ['A06', ['maximum']],
  ['A14', ['ordinary']],
  ['C32', ['ordinary', 'maximum']],
  ['C01', []],
] as const)('%s may be mortgaged so: %j', (code, ways) => {
  expect(mortgageWaysOf(itemOf(code))).toEqual(ways);
});

test.each([
  ['A03', ['seal', 'pre-sale']],
  ['A13', ['queued', 'queued-pre-sale', 'renewed']],
  ['A10', []],
  ['C14', []],
] as const)('%s seals so: %j', (code, kinds) => {
  expect(sealKindsOf(itemOf(code))).toEqual(kinds);
});

test('each loan has the mortgage of domain.md §2.9 last, and only P02 a transfer before it', () => {
  const loans = (code: string) => loansSecuredBy({ code }, CATALOGUE).map((loan) => loan.code);
  expect(loans('A05')).toEqual(['P02', 'P03']);
  expect(loans('A08')).toEqual(['P01']);
  for (const code of ['C01', 'A06', 'A09', 'A14']) expect(loans(code)).toEqual([]);
  expect(offered.flatMap((item) => transferBefore(item) ?? [])).toEqual(['C01']);
});
