import { QUEUES, type Queue, type TicketRecord } from '../queue/ticketTypes.ts';
import { recordOf } from '../recordOf.ts';
import { median, TICKET_PARTS, type TicketTimes, ticketTimesOf } from './ticketTimes.ts';

export interface DoorRow {
  queue: Queue;
  /** Tickets that were served to the end. */
  ended: number;
  /** Of each part by itself: the medians do not add up to that of the whole. */
  median: TicketTimes;
  /** Median of the whole visit, from the door to the last time the visitor left a window. */
  wholeMs: number;
}

/** @param arrivedAtOf when pre-review began for a ticket, ISO, or null */
export function doorToDoorOfTickets(
  tickets: readonly TicketRecord[],
  arrivedAtOf: (ticket: TicketRecord) => string | null,
  now: number,
): DoorRow[] {
  const ended = tickets.filter(({ state }) => state === 'FINISHED');
  return QUEUES.flatMap((queue) => {
    const times = ended
      .filter((ticket) => ticket.queue === queue)
      .map((ticket) => ticketTimesOf(ticket, arrivedAtOf(ticket), now));
    if (times.length === 0) return [];
    const wholes = times.map((each) => TICKET_PARTS.reduce((sum, part) => sum + each[part], 0));
    return [
      {
        queue,
        ended: times.length,
        median: recordOf(TICKET_PARTS, (part) => median(times.map((each) => each[part])) ?? 0),
        wholeMs: median(wholes) ?? 0,
      },
    ];
  });
}
