import type { Lease } from './hallTypes.ts';

/** Blocks of numbers (domain.md §6.1): one dispenser alone gives those of its own, so numbers never collide without a network. */

const BLOCK = 500;
const LAST_NUMBER = 9999;
/** Numbers of one prefix and day that one tenure of two hubs may give away. */
const TENURE = 2500;
const TENURES = 4;

export interface Block {
  first: number;
  last: number;
}

/**
 * By which numbers are told apart that were given away before and after somebody forgot: another hub has taken over, or the
 * data of a hub or centre that stands alone were put back to an older copy, and what was given away since is on paper.
 *
 * @param fence of the hub (docs/adr/0022); null where nobody can take over
 * @param epoch of the data: 1 until they were put back
 * @returns null when nothing was ever forgotten: all numbers
 */
export function tenureOf(fence: number | null, epoch: number): number | null {
  if (fence !== null) return fence;
  return epoch === 1 ? null : 1 + (epoch % (TENURES - 1));
}

/**
 * Blocks that the hub of a hall may give away. A standby that takes over knows nothing of what the other one gave away in
 * its last moments: so every take-over goes on with other numbers, 1–2499, 2500–4999, 5000–7499, 7500–9999 and round again.
 *
 * @param tenure as of `tenureOf`; null: all of them
 */
export function blocksOf(tenure: number | null): Block {
  if (tenure === null) return { first: 1, last: LAST_NUMBER };
  const start = (tenure * TENURE) % (LAST_NUMBER + 1);
  return { first: Math.max(1, start), last: start + TENURE - 1 };
}

/**
 * The first block of a prefix that nobody holds: 1–499, 500–999, 1000–1499 …
 *
 * @param leases of the prefix and the day, of all dispensers and epochs
 * @param among whole blocks, from the lowest to the highest that may be given away
 * @returns null when all of them are given away
 */
export function freeBlock(leases: readonly Block[], among: Block = blocksOf(null)): Block | null {
  for (let first = among.first - (among.first % BLOCK); first < among.last; first += BLOCK) {
    const block = { first: Math.max(1, first), last: Math.min(first + BLOCK - 1, LAST_NUMBER) };
    if (!leases.some((lease) => lease.first <= block.last && lease.last >= block.first)) return block;
  }
  return null;
}

/**
 * The next number of a block: one more than the highest ever given out of it, never one that lies below.
 *
 * @param highest given out of this block so far, 0 when none
 */
export function numberIn({ first, last }: Block, highest: number): number | null {
  const next = Math.max(first, highest + 1);
  return next <= last ? next : null;
}

/** The lease a device may use: of its present epoch only, since a restored copy must not repeat numbers. */
export function usableLease<L extends Lease>(
  leases: readonly L[],
  { device, epoch, prefix, day }: Pick<Lease, 'device' | 'epoch' | 'prefix' | 'day'>,
): L | null {
  return (
    leases.find(
      (each) => each.device === device && each.epoch === epoch && each.prefix === prefix && each.day === day,
    ) ?? null
  );
}

/** Prefix of a kiosk without hub and lease: K01 → ZA, K02 → ZB …; null for any other terminal, which then gives no numbers. */
export function emergencyPrefix(terminal: string): string | null {
  const found = /^K(\d{2})$/.exec(terminal);
  const number = Number(found?.[1] ?? 0);
  return number >= 1 && number <= 26 ? `Z${String.fromCharCode(64 + number)}` : null;
}
