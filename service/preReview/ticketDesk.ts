import type { TakeTicket } from '../../domain/queue/commands.ts';
import type { PassPolicy } from '../../domain/queue/hallTypes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';

export interface Commanded {
  /** The same again answers the same. */
  commandId: string;
  /** Staff number, or `kiosk` where nobody is signed in. */
  actor: string;
}

export interface GivenTicket {
  ticket: TicketRecord;
  /** Who gave the number: the hub, or this machine from its own block or under its emergency letter. */
  by: 'hub' | 'lease' | 'emergency';
}

/** Where numbers come from. */
export interface TicketDesk {
  /** @throws YichuangError of the hub: issue stopped, a live ticket of this person for this item … */
  take(command: TakeTicket, by: Commanded): Promise<GivenTicket>;
  /** @throws YichuangError `offline` when the hub does not answer */
  reprint(ticketId: string, by: Commanded): Promise<TicketRecord>;
  /** How many stand before it, and an honest range of the wait, ms; null while nothing can be said. */
  /** What happens to who does not come, by the plan in force. */
  passPolicy(): PassPolicy;
  outlook(ticket: TicketRecord): { peopleAhead: number; wait: { fromMs: number; toMs: number } | null };
}
