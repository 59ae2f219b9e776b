import { blobToUuid } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { type HallView, makeView } from '../../domain/queue/view.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { closesAt } from './openDay.ts';

/**
 * The queue of today as this machine knows it. Tickets are read once and then only when an op about them arrives: a day
 * has hundreds, and every call is looked at within milliseconds.
 */
export class HallNow {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #rules: () => ClockRules;
  readonly #newest: () => number;
  readonly #changedSince: (ord: number) => string[];
  #day = '';
  #ord = -1;
  readonly #tickets = new Map<string, TicketRecord>();
  /** As the hub answered, before the same is pulled. */
  readonly #answered = new Map<string, TicketRecord>();

  constructor(store: Store, now: () => number, rules: () => ClockRules) {
    this.#store = store;
    this.#now = now;
    this.#rules = rules;
    const newest = store.db.prepare('SELECT coalesce(max(ord), 0) FROM op').pluck();
    this.#newest = () => newest.get() as number;
    const changed = store.db
      .prepare("SELECT DISTINCT stream_id FROM op WHERE ord > ? AND stream_kind = 'ticket'")
      .pluck();
    this.#changedSince = (ord) => (changed.all(ord) as Uint8Array[]).map(blobToUuid);
  }

  /** Local day, ISO. */
  get day(): string {
    return hallDay(this.#now());
  }

  /** Tickets of today. */
  tickets(): readonly TicketRecord[] {
    this.#readNew();
    return [...this.#tickets.values()];
  }

  /** Of any day. */
  ticket(id: string): TicketRecord | null {
    this.#readNew();
    return this.#tickets.get(id) ?? this.#store.hall.ticket(id);
  }

  /** A stream was built anew, or a ticket was answered: it is read again. */
  refresh(streams: readonly string[]): void {
    for (const stream of streams) if (stream.startsWith('ticket:')) this.#read(stream.slice('ticket:'.length));
  }

  /** The hub's answer to a command, which may be here before the op that says so. */
  noteAnswer(ticket: TicketRecord): void {
    this.#readNew();
    this.#answered.set(ticket.id, ticket);
    this.#read(ticket.id);
  }

  /** Everything a decision or a page looks at, as it is now: to be used at once and not kept. */
  view(): HallView {
    this.#readNew();
    const { hall } = this.#store;
    const now = this.#now();
    return makeView({
      now,
      openUntil: closesAt(this.#rules(), now),
      tickets: this.#tickets,
      // A machine that was replaced has left its record behind: the newest of a window counts.
      windows: hall.all('window').sort((a, b) => a.at.localeCompare(b.at)),
      plans: hall.all('plan'),
      issues: hall.byDay('issue', this.#day),
      appointments: hall.byDay('appointment', this.#day),
      preReviews: hall.byDay('prereview', this.#day),
    });
  }

  #readNew(): void {
    const { day } = this;
    const newest = this.#newest();
    if (day !== this.#day) {
      this.#day = day;
      this.#tickets.clear();
      this.#answered.clear();
      for (const ticket of this.#store.hall.ticketsOfDay(day)) this.#tickets.set(ticket.id, ticket);
    } else if (newest !== this.#ord) {
      for (const id of this.#changedSince(this.#ord)) this.#read(id);
    }
    this.#ord = newest;
  }

  #read(id: string): void {
    const held = this.#store.hall.ticket(id);
    const answered = this.#answered.get(id);
    const isAhead = answered !== undefined && answered.version > (held?.version ?? 0);
    if (!isAhead) this.#answered.delete(id);
    const ticket = isAhead ? answered : held;
    if (ticket?.day === this.#day) this.#tickets.set(id, ticket);
    else this.#tickets.delete(id);
  }
}
