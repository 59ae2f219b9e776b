import { blobToUuid } from '../../db/ids.ts';
import type { Store } from '../../db/store.ts';
import type { HallPlan, IssueStopsRecord, WindowRecord } from '../../domain/queue/hallTypes.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDay } from '../../domain/time/hallTime.ts';

/**
 * The queue of today as this machine knows it. Tickets are read once and then only when an op about them arrives: a day
 * has hundreds, and every call is looked at within milliseconds.
 */
export class HallNow {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #newest: () => number;
  readonly #changedSince: (ord: number) => string[];
  #day = '';
  #ord = -1;
  readonly #tickets = new Map<string, TicketRecord>();
  /** As the hub answered, before the same is pulled. */
  readonly #answered = new Map<string, TicketRecord>();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
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

  windows(): WindowRecord[] {
    return this.#store.hall.all('window');
  }

  /** Of this machine. */
  ownWindow(): WindowRecord | null {
    return this.windows().find(({ id }) => id === this.#store.ledger.device) ?? null;
  }

  /** @returns the plan in force and its version; the built-in one has version 0 */
  plan(): { plan: HallPlan; version: number } {
    const record = this.#store.hall.all('plan').at(-1);
    return record ? { plan: record, version: record.version } : { plan: DEFAULT_PLAN, version: 0 };
  }

  /** Of today. */
  stops(): IssueStopsRecord['stops'] {
    return this.#store.hall.byDay('issue', this.day).flatMap(({ stops }) => stops);
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
