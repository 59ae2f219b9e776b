import type { Business, Catalogue, Item } from './types.ts';

/** Where a terminal stands and what it accepts there. */
export interface Counter {
  offers: readonly Business[];
  place: 'hall' | 'pf-hall' | 'branch';
}

/** A window of the hall: registration, all of it. */
export const HALL_COUNTER: Counter = { offers: ['registration'], place: 'hall' };

/** The extension window registers mortgages for loans of the fund, and nothing else (S10; domain.md §3.8). */
const REGISTERED_IN_PF_HALL = ['A05', 'A06', 'A08', 'A09', 'A14'];

/** Whether a case of this item may be accepted at this counter. */
export function isOfferedAt(item: Item, { offers, place }: Counter): boolean {
  if (!item.enabled || !offers.includes(item.business)) return false;
  return item.business !== 'registration' || place !== 'pf-hall' || REGISTERED_IN_PF_HALL.includes(item.code);
}

/** What the item chooser of this counter lists, in catalogue order. */
export function itemsOfferedAt({ items }: Pick<Catalogue, 'items'>, counter: Counter): Item[] {
  return items.filter((item) => isOfferedAt(item, counter));
}
