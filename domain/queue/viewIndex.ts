import { currentCall } from './reduceTicket.ts';
import type { Queue, TicketCall, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** Services of a queue that its average is made of (domain.md §6.4). */
const LAST_SERVICES = 20;

interface CallOf {
  ticket: TicketRecord;
  call: TicketCall;
}

/** What is looked up in a view again and again, made once and only when it is asked for. */
class ViewIndex {
  readonly #view: HallView;
  #inHand: ReadonlyMap<string, TicketRecord> | null = null;
  #byNumber: ReadonlyMap<string, TicketRecord> | null = null;
  #services: ReadonlyMap<Queue, number[]> | null = null;

  constructor(view: HallView) {
    this.#view = view;
  }

  /** In hand, by terminal. */
  get inHand(): ReadonlyMap<string, TicketRecord> {
    this.#inHand ??= indexInHand(this.#view);
    return this.#inHand;
  }

  get byNumber(): ReadonlyMap<string, TicketRecord> {
    this.#byNumber ??= new Map(ofDay(this.#view).map((each) => [each.number, each]));
    return this.#byNumber;
  }

  /** How long the last services of a queue took, ms, newest last; at most twenty. */
  get services(): ReadonlyMap<Queue, number[]> {
    this.#services ??= indexServices(this.#view);
    return this.#services;
  }
}

const made = new WeakMap<HallView, ViewIndex>();

export function indexOf(view: HallView): ViewIndex {
  const known = made.get(view);
  if (known) return known;
  const index = new ViewIndex(view);
  made.set(view, index);
  return index;
}

/** Calls of the day at one window, oldest first. */
export function callsAt(view: HallView, terminal: string): CallOf[] {
  const found: CallOf[] = [];
  for (const ticket of view.tickets.values()) {
    if (ticket.day !== view.day) continue;
    for (const call of ticket.calls) if (call.terminal === terminal) found.push({ ticket, call });
  }
  return found.sort((a, b) => compareText(a.call.at, b.call.at));
}

function ofDay({ tickets, day }: HallView): TicketRecord[] {
  return [...tickets.values()].filter((each) => each.day === day);
}

function indexInHand(view: HallView): Map<string, TicketRecord> {
  const inHand = new Map<string, TicketRecord>();
  for (const ticket of view.tickets.values()) {
    const current = ticket.day === view.day ? currentCall(ticket) : null;
    if (current) inHand.set(current.terminal, ticket);
  }
  return inHand;
}

function indexServices(view: HallView): Map<Queue, number[]> {
  const finished = new Map<Queue, { at: string; ms: number }[]>();
  for (const ticket of ofDay(view)) {
    for (const call of ticket.calls) {
      if (isService(call)) push(finished, ticket.queue, { at: call.ended.at, ms: lengthOf(call) });
    }
  }
  const services = new Map<Queue, number[]>();
  for (const [queue, list] of finished) {
    list.sort((a, b) => compareText(a.at, b.at));
    const last = list.slice(-LAST_SERVICES);
    services.set(
      queue,
      last.map(({ ms }) => ms),
    );
  }
  return services;
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
