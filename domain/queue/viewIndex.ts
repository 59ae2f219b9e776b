import { currentCall } from './reduceTicket.ts';
import type { Queue, TicketCall, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** Services of a queue that its average is made of (domain.md §6.4). */
const LAST_SERVICES = 20;

export interface CallOf {
  ticket: TicketRecord;
  call: TicketCall;
}

/** What is looked up in a view again and again, made once. */
export interface ViewIndex {
  /** In hand, by terminal. */
  inHand: ReadonlyMap<string, TicketRecord>;
  /** Calls of the day by terminal, oldest first. */
  calls: ReadonlyMap<string, CallOf[]>;
  byNumber: ReadonlyMap<string, TicketRecord>;
  /** How long the last services of a queue took, ms, newest last; at most twenty. */
  services: ReadonlyMap<Queue, number[]>;
}

const made = new WeakMap<HallView, ViewIndex>();

export function indexOf(view: HallView): ViewIndex {
  const known = made.get(view);
  if (known) return known;
  const index = makeIndex(view);
  made.set(view, index);
  return index;
}

function makeIndex({ tickets, day }: HallView): ViewIndex {
  const inHand = new Map<string, TicketRecord>();
  const calls = new Map<string, CallOf[]>();
  const byNumber = new Map<string, TicketRecord>();
  const finished = new Map<Queue, { at: string; ms: number }[]>();
  for (const ticket of tickets.values()) {
    if (ticket.day !== day) continue;
    byNumber.set(ticket.number, ticket);
    const current = currentCall(ticket);
    if (current) inHand.set(current.terminal, ticket);
    for (const call of ticket.calls) {
      push(calls, call.terminal, { ticket, call });
      if (!isService(call)) continue;
      push(finished, ticket.queue, { at: call.ended.at, ms: lengthOf(call) });
    }
  }
  for (const list of calls.values()) list.sort((a, b) => compareText(a.call.at, b.call.at));
  const services = new Map<Queue, number[]>();
  for (const [queue, list] of finished) {
    list.sort((a, b) => compareText(a.at, b.at));
    services.set(
      queue,
      list.slice(-LAST_SERVICES).map(({ ms }) => ms),
    );
  }
  return { inHand, calls, byNumber, services };
}

type Ended = TicketCall & { ended: NonNullable<TicketCall['ended']> };

/** Served to the end, and seen by this program when it was. */
function isService(call: TicketCall): call is Ended {
  return call.purpose === 'intake' && call.ended?.how === 'finished' && call.why.rule !== 'entered-later';
}

function lengthOf({ arrivedAt, at, ended }: Ended): number {
  return Math.max(0, Date.parse(ended.at) - Date.parse(arrivedAt ?? at));
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
