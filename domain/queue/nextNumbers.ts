import { waitingIn } from './estimate.ts';
import type { Queue, TicketClass, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** As many as a screen has room for (users.md §B.2). */
const MOST = 3;

/** Who of a class is called next on a floor: those brought nearer first, then in the order of their places. */
export function nextNumbers(view: HallView, queue: Queue, floor: number, ticketClass: TicketClass): string[] {
  const own = waitingIn(view, queue, floor).filter((ticket) => ticket.class === ticketClass);
  return own
    .sort(compare)
    .slice(0, MOST)
    .map(({ number }) => number);
}

function compare(a: TicketRecord, b: TicketRecord): number {
  const byReturn = Number(isNearer(b)) - Number(isNearer(a));
  return byReturn || (a.orderAt < b.orderAt ? -1 : a.orderAt > b.orderAt ? 1 : 0);
}

/** Whoever was passed waits in the place it was put back to. */
function isNearer({ returned }: TicketRecord): boolean {
  return returned !== null && returned.how !== 'passed';
}
