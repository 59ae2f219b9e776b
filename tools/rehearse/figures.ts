import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';

/** What one visitor went through, as they saw it. Times are ms since 1970 in the hall; null: did not happen. */
export interface Visit {
  visitor: number;
  number: string | null;
  ticketId: string | null;
  cameAt: number;
  tookAt: number | null;
  calledAt: number | null;
  arrivedAt: number | null;
  leftAt: number | null;
  /** Windows at which somebody was ready to serve this number. */
  servedAt: string[];
  /** Turned away with a reason: numbers were not given any more, a number was passed. */
  refused: string | null;
}

export interface Figures {
  tickets: number;
  served: number;
  /** Gave up, passed, or told that no numbers are given any more. */
  unserved: number;
  refused: Record<string, number>;
  /** A number given to two people, or one person served at two windows. */
  doubles: number;
  /** Known to a visitor and not to the centre, or served and not finished there. */
  losses: number;
  doubted: number;
  /** Decided by a window alone, and numbers given by a kiosk alone, while the hub was away. */
  withoutHub: { calls: number; numbers: number };
  waitMinutes: Spread;
  priorityWaitMinutes: Spread;
  walkMinutes: Spread;
  serviceMinutes: Spread;
  doorToDoorMinutes: Spread;
  /** Of ordinary tickets: served before somebody of the same queue who took a number earlier. Holds and transfers apart. */
  overtaken: number;
}

export interface Spread {
  p50: number;
  p90: number;
  max: number;
}

/** The hub gives the numbers up to here; what lies above comes from the block of a kiosk. */
const HUB_BLOCK_END = 499;

/**
 * @param visits what the visitors saw
 * @param tickets what the centre kept
 */
export function countFigures(visits: readonly Visit[], tickets: readonly TicketRecord[]): Figures {
  const held = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const withTicket = visits.filter((visit) => visit.ticketId !== null);
  const served = withTicket.filter((visit) => visit.leftAt !== null);
  const refused: Record<string, number> = {};
  for (const { refused: why } of visits) if (why) refused[why] = (refused[why] ?? 0) + 1;
  return {
    tickets: withTicket.length,
    served: served.length,
    unserved: visits.length - served.length,
    refused,
    doubles: countDoubles(withTicket, tickets),
    losses: withTicket.filter((visit) => isLost(visit, held.get(visit.ticketId ?? ''))).length,
    withoutHub: {
      calls: tickets.flatMap(({ calls }) => calls).filter(({ why }) => why.rule === 'emergency').length,
      numbers: tickets.filter(({ number }) => Number(number.replace(/\D/g, '')) > HUB_BLOCK_END).length,
    },
    doubted: tickets.filter(({ doubts }) => doubts.length > 0).length,
    waitMinutes: spread(served.map((visit) => span(visit.tookAt, visit.calledAt))),
    priorityWaitMinutes: spread(
      served
        .filter(({ ticketId }) => held.get(ticketId ?? '')?.class === 'priority')
        .map((visit) => span(visit.tookAt, visit.calledAt)),
    ),
    walkMinutes: spread(served.map((visit) => span(visit.calledAt, visit.arrivedAt))),
    serviceMinutes: spread(served.map((visit) => span(visit.arrivedAt, visit.leftAt))),
    doorToDoorMinutes: spread(served.map((visit) => span(visit.cameAt, visit.leftAt))),
    overtaken: countOvertaken(tickets),
  };
}

function countDoubles(visits: readonly Visit[], tickets: readonly TicketRecord[]): number {
  const printed = repeated(visits.map(({ number }) => number ?? ''));
  const kept = repeated(tickets.map(({ day, number }) => `${day} ${number}`));
  const twiceServed = visits.filter(({ servedAt }) => new Set(servedAt).size > 1).length;
  return Math.max(printed, kept) + twiceServed;
}

function repeated(names: readonly string[]): number {
  return names.length - new Set(names).size;
}

function isLost(visit: Visit, ticket: TicketRecord | undefined): boolean {
  if (ticket === undefined || ticket.number !== visit.number) return true;
  return visit.leftAt !== null && ticket.state !== 'FINISHED';
}

/** A ticket in its plain turn that was first called before one of its queue that was taken earlier and also waited plainly. */
function countOvertaken(tickets: readonly TicketRecord[]): number {
  const plain = tickets
    .filter((ticket) => ticket.class === 'ordinary' && ticket.calls.length > 0)
    .filter(({ calls, passes, returned }) => passes === 0 && returned === null && calls.length === 1)
    .map(({ queue, takenAt, calls }) => ({ queue, takenAt, calledAt: calls[0]?.at ?? '' }));
  return plain.filter((late) =>
    plain.some((early) => early.queue === late.queue && early.takenAt < late.takenAt && early.calledAt > late.calledAt),
  ).length;
}

function span(from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : (to - from) / 60_000;
}

function spread(minutes: readonly number[]): Spread {
  const sorted = [...minutes].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}
