import type { Store } from '../../db/store.ts';
import type { Block } from '../../domain/queue/leases.ts';
import { emergencyPrefix, numberIn, usableLease } from '../../domain/queue/leases.ts';
import type { HallNow } from './hallNow.ts';

/** Numbers of an emergency prefix that one epoch of a machine has to itself: a restored copy must not repeat any. */
const EMERGENCY_BLOCK = 500;
const EMERGENCY_BLOCKS = 19;

type Given = { prefix: string; number: number };

/**
 * The next number this machine may give by itself: of its own lease of the day, and when there is none or it is used up,
 * of its emergency prefix (domain.md §6.1). Every answer is used up, whether it is written or not.
 * @returns a function for one decision
 */
export function ownNumbers(store: Store, hall: HallNow, terminal: string): (prefix: string) => Given | null {
  const { device, epoch } = store.ledger;
  const { day } = hall;
  const given = new Map<string, number>();
  /** Highest of the block that was ever given out: nobody else gives of it, under whatever name this machine stood. */
  const highestIn = (prefix: string, { first, last }: Block): number => {
    const used = hall
      .tickets()
      .filter((ticket) => ticket.prefix === prefix)
      .map((ticket) => Number(ticket.number.slice(prefix.length)))
      .filter((number) => number >= first && number <= last);
    return Math.max(0, given.get(prefix) ?? 0, ...used);
  };
  const nextOf = (prefix: string, block: Block): Given | null => {
    const number = numberIn(block, highestIn(prefix, block));
    if (number === null) return null;
    given.set(prefix, number);
    return { prefix, number };
  };
  return (prefix) => {
    const lease = usableLease(store.hall.byDay('lease', day), { device, epoch, prefix, day });
    const leased = lease && nextOf(prefix, lease);
    if (leased) return leased;
    const own = emergencyPrefix(terminal);
    return own === null ? null : nextOf(own, emergencyBlock(epoch));
  };
}

function emergencyBlock(epoch: number): Block {
  const first = ((epoch - 1) % EMERGENCY_BLOCKS) * EMERGENCY_BLOCK;
  return { first: Math.max(1, first), last: first + EMERGENCY_BLOCK - 1 };
}
