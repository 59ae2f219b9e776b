import type { TicketCall, TicketRecord } from '../queue/ticketTypes.ts';

/**
 * Where the time of one visitor went, from the door on, milliseconds of wall time (users.md §C.10). What nobody marked
 * is not guessed: a window that never said that somebody had come counts all of the call as service.
 */
export interface TicketTimes {
  /** From the first answer at pre-review to the number. */
  preReview: number;
  /** With a number, waiting for a first call; also after being passed or sent to another queue. */
  wait: number;
  /** From the call to the window; all of a call that nobody answered. */
  walk: number;
  service: number;
  /** Set aside to fetch a paper, until it was called again. */
  hold: number;
  /** Certificates ready, waiting for the second call. */
  pickupWait: number;
  pickupWalk: number;
  pickupService: number;
}

export const TICKET_PARTS: readonly (keyof TicketTimes)[] = [
  ...(['preReview', 'wait', 'walk', 'service', 'hold'] as const),
  ...(['pickupWait', 'pickupWalk', 'pickupService'] as const),
];

/**
 * @param arrivedAt when pre-review began, ISO; null: nobody asked before the number was taken
 * @param now for what lasts, ms since the epoch
 */
export function ticketTimesOf(ticket: TicketRecord, arrivedAt: string | null, now: number): TicketTimes {
  const times: TicketTimes = {
    preReview: arrivedAt === null ? 0 : between(arrivedAt, ticket.takenAt),
    ...{ wait: 0, walk: 0, service: 0, hold: 0, pickupWait: 0, pickupWalk: 0, pickupService: 0 },
  };
  const end = new Date(now).toISOString();
  let since = ticket.takenAt;
  let isHeld = false;
  for (const call of ticket.calls.filter(({ purpose }) => purpose === 'intake')) {
    times[isHeld ? 'hold' : 'wait'] += between(since, call.at);
    const { walk, service } = partsOf(call, end);
    times.walk += walk;
    times.service += service;
    since = call.ended?.at ?? end;
    isHeld = call.ended?.how === 'held';
  }
  if (ticket.state === 'WAITING' || ticket.state === 'HELD') {
    times[isHeld ? 'hold' : 'wait'] += between(since, end);
  }
  addPickup(times, ticket, end);
  return times;
}

function addPickup(times: TicketTimes, { pickup, calls }: TicketRecord, end: string): void {
  if (pickup === null) return;
  let since = pickup.raisedAt;
  for (const call of calls.filter(({ purpose }) => purpose === 'pickup')) {
    times.pickupWait += between(since, call.at);
    const { walk, service } = partsOf(call, end);
    times.pickupWalk += walk;
    times.pickupService += service;
    since = call.ended?.at ?? end;
  }
  if (pickup.state === 'waiting' || pickup.state === 'missed') times.pickupWait += between(since, end);
}

function partsOf({ at, arrivedAt, ended }: TicketCall, end: string): { walk: number; service: number } {
  const until = ended?.at ?? end;
  if (arrivedAt !== null) return { walk: between(at, arrivedAt), service: between(arrivedAt, until) };
  const whole = between(at, until);
  return ended === null || ended.how === 'passed' || ended.how === 'voided'
    ? { walk: whole, service: 0 }
    : { walk: 0, service: whole };
}

function between(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

/** The middle one, or the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return Math.round((low + high) / 2);
}
