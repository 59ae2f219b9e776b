import { QUEUES, type Queue, TICKET_CLASSES, type TicketClass, type TicketRecord } from '../queue/ticketTypes.ts';
import { type BoardFacts, ms, windowsServing } from './types.ts';

export interface WaitingClass {
  class: TicketClass;
  waiting: number;
  longestMs: number;
}

export interface WaitingQueue {
  queue: Queue;
  waiting: number;
  /** Of all classes; 0 when nobody waits. */
  longestMs: number;
  /** Classes somebody waits in, in the order of `TICKET_CLASSES`. */
  classes: WaitingClass[];
  /** Set aside for a while: fetching a paper. */
  held: number;
  /** Windows of the plan that serve it, and those of them that are open and heard of. */
  windows: number;
  open: number;
}

/** Tickets that wait for a first call in these queues. */
export function waitingTickets({ tickets }: Pick<BoardFacts, 'tickets'>, queues: readonly Queue[]): TicketRecord[] {
  return tickets.filter(({ state, queue }) => state === 'WAITING' && queues.includes(queue));
}

/** How long somebody has been sitting there: since the number was taken, or since a window last let them go. */
export function waitedMs(ticket: TicketRecord, now: number): number {
  const lastEnd = ticket.calls.at(-1)?.ended?.at ?? ticket.takenAt;
  return Math.max(0, now - ms(lastEnd));
}

/** Every queue that a window serves or somebody has a number of. */
export function waitingByQueue(facts: BoardFacts): WaitingQueue[] {
  return QUEUES.flatMap((queue) => {
    const serving = windowsServing(facts, queue);
    const tickets = facts.tickets.filter((ticket) => ticket.queue === queue);
    if (serving.length === 0 && tickets.length === 0) return [];
    const waiting = waitingTickets(facts, [queue]);
    return [
      {
        queue,
        waiting: waiting.length,
        longestMs: longest(waiting, facts.now),
        classes: TICKET_CLASSES.flatMap((each) => {
          const ofClass = waiting.filter((ticket) => ticket.class === each);
          if (ofClass.length === 0) return [];
          return [{ class: each, waiting: ofClass.length, longestMs: longest(ofClass, facts.now) }];
        }),
        held: tickets.filter(({ state }) => state === 'HELD').length,
        windows: serving.length,
        open: openWindows(facts, queue).length,
      },
    ];
  });
}

/** Windows that could call somebody of this queue now. */
export function openWindows(facts: Pick<BoardFacts, 'plan' | 'windows' | 'silent'>, queue: Queue): string[] {
  const isOpen = (terminal: string): boolean =>
    facts.windows.some((each) => each.terminal === terminal && each.state === 'open') &&
    !(facts.silent?.has(terminal) ?? false);
  return windowsServing(facts, queue)
    .map(({ terminal }) => terminal)
    .filter(isOpen);
}

/** Certificates that lie ready and wait for a second call. */
export function waitingPickups({ tickets }: Pick<BoardFacts, 'tickets'>): TicketRecord[] {
  return tickets.filter(({ pickup }) => pickup?.state === 'waiting' || pickup?.state === 'missed');
}

function longest(tickets: readonly TicketRecord[], now: number): number {
  return tickets.reduce((most, ticket) => Math.max(most, waitedMs(ticket, now)), 0);
}
