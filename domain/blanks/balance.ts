import { hallDayOf } from '../time/hallTime.ts';
import type { BlankMovement } from './types.ts';

/**
 * One form in the drawer of one window on one day: opening + received − printed − voided − returned − lost = closing
 * (domain.md §4.11).
 */
export interface BlankBalance {
  opening: number;
  received: number;
  printed: number;
  voided: number;
  returned: number;
  lost: number;
  closing: number;
  /** Spoiled papers of the day, to be counted with the rest: also those whose blank left the drawer on an earlier day. */
  papers: number;
}

/** A bound blank that its case spoiled. */
export interface SpoiledPrint {
  serial: string;
  /** Local calendar days. */
  boundOn: string;
  spoiledOn: string;
}

/**
 * @param opening clean blanks in the drawer before the day
 * @param movements of one form; those of other windows are passed over
 * @param day local calendar day, ISO
 */
export function balanceOf(
  window: string,
  day: string,
  opening: number,
  movements: readonly BlankMovement[],
  spoiledPrints: readonly SpoiledPrint[],
): BlankBalance {
  const balance = { opening, received: 0, printed: 0, voided: 0, returned: 0, lost: 0, closing: opening, papers: 0 };
  for (const movement of movements) {
    if (dayOf(movement) !== day) continue;
    balance.closing += netOf(movement, window);
    const column = columnOf(movement, window);
    if (column === 'restored') balance.voided -= movement.count;
    else if (column) balance[column] += movement.count;
  }
  balance.papers = balance.voided;
  for (const { boundOn, spoiledOn } of spoiledPrints) {
    if (spoiledOn !== day) continue;
    balance.papers += 1;
    if (boundOn !== day) continue;
    balance.printed -= 1;
    balance.voided += 1;
  }
  return balance;
}

/** What a movement adds to the clean blanks of a place; negative when it takes. */
export function netOf({ from, to, count }: Pick<BlankMovement, 'from' | 'to' | 'count'>, place: string): number {
  return (to === place ? count : 0) - (from === place ? count : 0);
}

/** Local calendar day of a movement. */
export function dayOf({ at }: Pick<BlankMovement, 'at'>): string {
  return hallDayOf(at);
}

function columnOf({ kind, from, to }: BlankMovement, window: string) {
  if (from !== window && to !== window) return null;
  switch (kind) {
    case 'blanks.assigned':
      return 'received';
    case 'blanks.returned':
      return 'returned';
    case 'blanks.bound':
      return 'printed';
    case 'blanks.spoiled':
      return 'voided';
    case 'blanks.restored':
      return 'restored';
    case 'blanks.lost':
      return 'lost';
    default:
      return null;
  }
}
