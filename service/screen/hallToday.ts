import type { Store } from '../../db/store.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDay } from '../../domain/time/hallTime.ts';

/**
 * The tickets of today as they lie in the store, read from it once and then only where they changed: a rush asks for them
 * many times a second, and reading all 600 again takes 10 ms.
 */
export class HallToday {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #tickets = new Map<string, TicketRecord>();
  readonly #changed = new Set<string>();
  #day = '';

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** These streams changed; to be told of every commit and every pull. */
  note(streams: readonly string[]): void {
    for (const stream of streams) {
      if (stream.startsWith('ticket:')) this.#changed.add(stream.slice('ticket:'.length));
    }
  }

  get day(): string {
    return hallDay(this.#now());
  }

  tickets(): TicketRecord[] {
    const { day } = this;
    if (day !== this.#day) {
      this.#tickets.clear();
      for (const ticket of this.#store.hall.ticketsOfDay(day)) this.#tickets.set(ticket.id, ticket);
      this.#day = day;
    } else {
      for (const id of this.#changed) this.#readAgain(id);
    }
    this.#changed.clear();
    return [...this.#tickets.values()];
  }

  #readAgain(id: string): void {
    const held = this.#store.hall.read('ticket', id);
    if (held?.type === 'ticket' && held.record.day === this.#day) this.#tickets.set(id, held.record);
    else this.#tickets.delete(id);
  }
}
