import { currentCall } from '../queue/reduceTicket.ts';
import type { TicketCall, TicketRecord } from '../queue/ticketTypes.ts';
import type { Announcement } from './announcement.ts';

/** Something to be said once. */
export interface ToSay {
  /** The same thing has the same key, however often its record is looked at. */
  key: string;
  /** ISO instant at which it came to be said. */
  at: string;
  announcement: Announcement;
  /** Terminal of the window it is about. */
  terminal: string;
  /** For somebody in elder mode: slowly (users.md §C.16). */
  slow: boolean;
}

/** What the newest step of a ticket gives to say (domain.md §6.6), or null. */
export function toSayOfTicket(ticket: TicketRecord): ToSay | null {
  const last = ticket.calls.at(-1);
  if (!last) return null;
  const call = currentCall(ticket);
  const key = `${ticket.id}:${ticket.calls.length}`;
  const { terminal } = last;
  const slow = ticket.elder;
  if (call) {
    if (call.arrivedAt !== null) return null;
    const announcement = announcementOfCall(ticket.number, call);
    return { key: `${key}:${call.times}`, at: call.recalledAt ?? call.at, announcement, terminal, slow };
  }
  const { ended } = last;
  if (ended?.how === 'passed' && last.purpose === 'intake')
    return {
      key: `${key}:passed`,
      at: ended.at,
      announcement: { event: 'pass', ticket: ticket.number },
      terminal,
      slow,
    };
  if (ended?.how === 'voided' && ticket.voidReason === 'sent-back') {
    const announcement: Announcement = { event: 'pre-review', ticket: ticket.number, floor: ticket.floor };
    return { key: `${key}:sent-back`, at: ended.at, announcement, terminal, slow };
  }
  return null;
}

/** The words of a call as it stands; a pickup is called with 领取证书 every time. */
export function announcementOfCall(
  ticket: string,
  { purpose, times, window }: Pick<TicketCall, 'purpose' | 'times' | 'window'>,
): Announcement {
  if (purpose === 'pickup') return { event: 'pickup', ticket, window };
  return times === 1
    ? { event: 'call', ticket, window }
    : { event: 'recall', ticket, window, time: times === 2 ? 2 : 3 };
}
