import type { FeeRow } from './types.ts';

/** 不动产登记费, domain.md §2.7. The day is the decree's date; the start of collection differs by city. */
const BASE = { basis: '发改价格规〔2016〕2559号', validFrom: '2016-12-06' } as const;

/** A new decree is a new row with its day; old rows stay, so that an old case keeps its fee. */
export const FEES: readonly FeeRow[] = [
  { ...BASE, class: 'F0', use: 'any', amountFen: 0 },
  { ...BASE, class: 'F1', use: 'residential', amountFen: 8000 },
  { ...BASE, class: 'F1', use: 'other', amountFen: 55_000 },
  { ...BASE, class: 'F80', use: 'any', amountFen: 8000 },
  { ...BASE, class: 'F½', use: 'residential', amountFen: 4000 },
  { ...BASE, class: 'F½', use: 'other', amountFen: 27_500 },
  { ...BASE, class: 'FG', use: 'any', amountFen: 1000 },
  { ...BASE, class: 'extra-copy', use: 'any', amountFen: 1000 },
];
