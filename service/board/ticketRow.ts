import type { MethodOutput } from '../../contract/rpc.ts';
import { ticketTimesOf } from '../../domain/measure/ticketTimes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';

type Row = MethodOutput<'board.tickets'>['rows'][number];
export interface TicketFilter {
  number?: string | undefined;
  queue?: TicketRecord['queue'] | undefined;
  class?: TicketRecord['class'] | undefined;
  state?: TicketRecord['state'] | 'pickup' | 'doubted' | undefined;
  terminal?: string | undefined;
}

/** One line of the list. @param now ms since the epoch */
export function ticketRow(ticket: TicketRecord, now: number): Row {
  const { id, number, queue, state, pickup, takenAt, calls, cases, doubts } = ticket;
  const intake = calls.filter(({ purpose }) => purpose === 'intake');
  const last = calls.at(-1) ?? null;
  const finished = intake.findLast(({ ended }) => ended?.how === 'finished')?.ended ?? null;
  const times = ticketTimesOf(ticket, null, now);
  return {
    ...{ id, number, queue, state, takenAt, class: ticket.class },
    pickup: pickup?.state ?? null,
    window: last?.window ?? null,
    terminal: last?.terminal ?? null,
    calledAt: intake[0]?.at ?? null,
    finishedAt: finished?.at ?? null,
    waitMs: times.wait,
    serviceMs: intake.length === 0 ? null : times.service,
    cases: cases.length,
    doubts: doubts.length,
  };
}

export function passesFilter(ticket: TicketRecord, filter: TicketFilter): boolean {
  const { number, queue, state, terminal } = filter;
  return (
    (number === undefined || ticket.number.startsWith(number.toUpperCase())) &&
    (queue === undefined || ticket.queue === queue) &&
    (filter.class === undefined || ticket.class === filter.class) &&
    (terminal === undefined || ticket.calls.some((call) => call.terminal === terminal)) &&
    (state === undefined || isIn(ticket, state))
  );
}

function isIn({ state, pickup, doubts }: TicketRecord, wanted: NonNullable<TicketFilter['state']>): boolean {
  if (wanted === 'doubted') return doubts.length > 0;
  if (wanted === 'pickup') return pickup?.state === 'waiting' || pickup?.state === 'missed';
  return state === wanted;
}
