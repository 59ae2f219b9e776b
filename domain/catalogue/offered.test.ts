import { expect, test } from 'vitest';
import { CATALOGUE, OFFERED_ITEMS } from './catalogue.ts';
import { HALL_COUNTER, itemsOfferedAt } from './offered.ts';
import type { Business } from './types.ts';

const BOTH: readonly Business[] = ['registration', 'provident-fund'];
const codes = (...counter: Parameters<typeof itemsOfferedAt>) => itemsOfferedAt(...counter).map(({ code }) => code);

test('a window of the hall has the 61 items', () => {
  expect(itemsOfferedAt(CATALOGUE, HALL_COUNTER)).toEqual(OFFERED_ITEMS);
});

test('the window in the provident-fund hall has five registrations and the 42 of the fund', () => {
  const offered = codes(CATALOGUE, { offers: BOTH, place: 'pf-hall' });
  expect(offered.slice(0, 5)).toEqual(['A05', 'A06', 'A08', 'A09', 'A14']);
  expect(offered).toHaveLength(5 + 42);
  expect(codes(CATALOGUE, { offers: ['provident-fund'], place: 'pf-hall' })).toHaveLength(42);
});

test('whatever a loan of the fund waits for is registered there too, save the transfer of tax floor 3', () => {
  const offered = codes(CATALOGUE, { offers: BOTH, place: 'pf-hall' });
  const linked = CATALOGUE.items.flatMap((item) => (item.business === 'provident-fund' ? item.linkedItems : []));
  expect(linked.filter((code) => !offered.includes(code))).toEqual(['C01']);
});

test('what is switched off is offered nowhere', () => {
  for (const place of ['hall', 'pf-hall', 'branch'] as const) {
    expect(codes(CATALOGUE, { offers: BOTH, place })).not.toContain('X01');
  }
});
