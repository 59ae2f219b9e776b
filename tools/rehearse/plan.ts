import type { Queue, TicketClass } from '../../domain/queue/ticketTypes.ts';
import { type Chance, chanceFrom } from '../day/random.ts';

const MINUTE = 60_000;

/** Somebody who comes on that day. Times are ms; `arrivesAt` counts from the opening. */
export interface Visitor {
  index: number;
  arrivesAt: number;
  kiosk: number;
  queue: Queue;
  class: Extract<TicketClass, 'ordinary' | 'priority' | 'enterprise'>;
  itemCode: string;
  elder: boolean;
  /** From the seat to the window. */
  walkMs: number;
  /** At the window, from arrival to finish. */
  serviceMs: number;
  /** How often they miss their call before they come; 3: they have left. */
  misses: number;
  /** Set aside once, to fetch a paper. */
  isHeld: boolean;
  /** Sent on to the other queue. */
  isTransferred: boolean;
  /** A case is accepted. */
  brings: boolean;
}

export interface RehearsalPlan {
  opensAt: number;
  /** The door closes for numbers this long after opening, ms. */
  lastTicketMs: number;
  visitors: readonly Visitor[];
}

/** Two rushes, at half past nine and at two, as a hall knows them: share of the day's visitors in each hour from 8:30. */
const HOURLY = [14, 20, 16, 8, 6, 14, 14, 8];

/** What is asked for most, by floor; the first two letters of a day's work (domain.md §2). */
const ITEMS: Readonly<Record<'A' | 'B', readonly (readonly [string, number])[]>> = {
  A: [
    ['C01', 5],
    ['C04', 2],
  ],
  B: [
    ['A05', 6],
    ['A09', 5],
    ['A14', 2],
  ],
};

/**
 * A day of visitors, the same for the same seed.
 * @param opensAt ms since 1970
 */
export function planVisitors(options: {
  tickets: number;
  kiosks: number;
  windows: number;
  opensAt: number;
  /** How long numbers are taken, in hours of the hall; at most 8. */
  hours: number;
  seed: number;
}): RehearsalPlan {
  const { tickets, kiosks, windows, opensAt, hours, seed } = options;
  const chance = chanceFrom(seed);
  // What the windows can do sets how long one visit takes: a hall that is never busy would prove nothing.
  const meanServiceMs = Math.min(15, (windows * hours * 60 * 0.7) / tickets) * MINUTE;
  const visitors = Array.from({ length: tickets }, () =>
    planVisitor(chance, kiosks, HOURLY.slice(0, hours), meanServiceMs),
  );
  const ordered = visitors.sort((a, b) => a.arrivesAt - b.arrivesAt).map((each, index) => ({ ...each, index }));
  return { opensAt, lastTicketMs: hours * 60 * MINUTE, visitors: ordered };
}

function planVisitor(
  chance: Chance,
  kiosks: number,
  hourly: readonly number[],
  meanServiceMs: number,
): Omit<Visitor, 'index'> {
  const hour = chance.weighed(hourly.map((weight, at) => [at, weight] as const));
  const ticketClass = chance.weighed([
    ['ordinary', 88],
    ['priority', 8],
    ['enterprise', 4],
  ] as const);
  const queue = chance.weighed([
    ['A', 50],
    ['B', 50],
  ] as const);
  return {
    arrivesAt: hour * 60 * MINUTE + chance.between(0, 60 * MINUTE - 1),
    kiosk: chance.between(0, kiosks - 1),
    queue,
    class: ticketClass,
    itemCode: chance.weighed(ITEMS[queue]),
    elder: ticketClass === 'priority' && chance.next() < 0.7,
    walkMs: chance.between(15_000, 60_000),
    serviceMs: Math.round(meanServiceMs * (0.4 + 1.2 * chance.next())),
    misses: chance.weighed([
      [0, 92],
      [1, 4],
      [2, 1],
      [3, 3],
    ] as const),
    isHeld: chance.next() < 0.03,
    isTransferred: chance.next() < 0.02,
    brings: chance.next() < 0.7,
  };
}
