import type { PlannedWindow, WindowState } from '../queue/hallTypes.ts';
import type { CallPurpose } from '../queue/ticketTypes.ts';
import { callsAt, lengthOf, openSpans, spanOfCall, without } from './spans.ts';
import { BOARD_LIMITS, type BoardFacts, ms, type Tone } from './types.ts';
import { waitingTickets } from './waiting.ts';

/** What lies at a window: called and on its way, or there. */
export interface InHand {
  ticketId: string;
  number: string;
  purpose: CallPurpose;
  phase: 'called' | 'serving';
  /** Since the call, or since the arrival. */
  forMs: number;
  /** Calls so far: 2 and 3 are recalls. */
  times: number;
}

export interface Tile extends Pick<PlannedWindow, 'terminal' | 'number' | 'floor' | 'queues' | 'green'> {
  /** `silent`: open as it said itself, and not heard of since; `unknown`: has never said anything. */
  state: WindowState | 'silent' | 'unknown';
  reason: string | null;
  clerk: { id: string; name: string } | null;
  /** How long it has been in its state; null for `unknown`. */
  stateForMs: number | null;
  inHand: InHand | null;
  /** An open window with nobody in hand: for how long. */
  idleMs: number | null;
  /** Services of the day that came to their end here, second calls counted apart. */
  handled: number;
  pickups: number;
  tone: Tone;
}

/** One tile for each window of the plan, in its order. */
export function tilesOf(facts: BoardFacts): Tile[] {
  return facts.plan.windows.map((planned) => tileOf(facts, planned));
}

function tileOf(facts: BoardFacts, planned: PlannedWindow): Tile {
  const { now, windows, tickets, silent } = facts;
  const { terminal, number, floor, queues, green } = planned;
  const record = windows.find((each) => each.terminal === terminal) ?? null;
  const calls = callsAt(tickets, terminal);
  const finished = calls.filter(({ call }) => call.ended?.how === 'finished');
  const pickups = finished.filter(({ call }) => call.purpose === 'pickup').length;
  const isSilent = record !== null && record.state !== 'closed' && (silent?.has(terminal) ?? false);
  const tile = {
    ...{ terminal, number, floor, queues, green },
    state: record === null ? ('unknown' as const) : isSilent ? ('silent' as const) : record.state,
    reason: record?.reason ?? null,
    clerk: record?.clerk ?? null,
    stateForMs: record === null ? null : Math.max(0, now - ms(record.since)),
    inHand: inHandOf(calls, now),
    handled: finished.length - pickups,
    pickups,
  };
  const idleMs = tile.state === 'open' && tile.inHand === null ? idleOf(calls, record?.since ?? null, now) : null;
  const isWaitedFor = waitingTickets(facts, queues).length > 0;
  return { ...tile, idleMs, tone: toneOf({ ...tile, idleMs }, isWaitedFor) };
}

function inHandOf(calls: ReturnType<typeof callsAt>, now: number): InHand | null {
  const last = calls.findLast(({ call }) => call.ended === null);
  if (last === undefined) return null;
  const { ticket, call } = last;
  return {
    ticketId: ticket.id,
    number: ticket.number,
    purpose: call.purpose,
    phase: call.arrivedAt === null ? 'called' : 'serving',
    forMs: Math.max(0, now - ms(call.arrivedAt ?? call.at)),
    times: call.times,
  };
}

/** Since the last one left, or since the window was opened, whichever was later. */
function idleOf(calls: ReturnType<typeof callsAt>, openSince: string | null, now: number): number {
  const ends = calls.flatMap(({ call }) => (call.ended === null ? [] : [ms(call.ended.at)]));
  const since = Math.max(openSince === null ? now : ms(openSince), ...ends);
  return Math.max(0, now - since);
}

function toneOf({ state, inHand, idleMs }: Pick<Tile, 'state' | 'inHand' | 'idleMs'>, isWaitedFor: boolean): Tone {
  if (state === 'silent') return 'over';
  const { serviceNear, serviceOver, idleNear, idleOver } = BOARD_LIMITS;
  if (inHand?.phase === 'serving') {
    return inHand.forMs >= serviceOver ? 'over' : inHand.forMs >= serviceNear ? 'near' : 'calm';
  }
  if (idleMs === null || !isWaitedFor) return 'calm';
  return idleMs >= idleOver ? 'over' : idleMs >= idleNear ? 'near' : 'calm';
}

export interface Work {
  /** Services that came to their end, second calls included. */
  handled: number;
  /** From the arrival at the window, or from the call where nobody marked it; null while none has ended. */
  averageHandlingMs: number | null;
  /** Time open with nobody in hand, for each call; null while there was no call. */
  averageIdleMs: number | null;
  idleMs: number;
}

/** The work of the day, over the windows of the plan. */
export function workOf({ plan, windows, tickets, now }: BoardFacts): Work {
  const each = plan.windows.map(({ terminal }) => {
    const calls = callsAt(tickets, terminal).map(({ call }) => call);
    const record = windows.find((window) => window.terminal === terminal);
    const busy = calls.map((call) => spanOfCall(call, now));
    const idle = record ? lengthOf(without(openSpans(record, now), busy)) : 0;
    const services = calls.flatMap(({ at, arrivedAt, ended }) =>
      ended?.how === 'finished' ? [Math.max(0, ms(ended.at) - ms(arrivedAt ?? at))] : [],
    );
    return { calls: calls.length, idle, services };
  });
  const services = each.flatMap((window) => window.services);
  const calls = sum(each.map((window) => window.calls));
  const idleMs = sum(each.map(({ idle }) => idle));
  return {
    handled: services.length,
    averageHandlingMs: services.length === 0 ? null : Math.round(sum(services) / services.length),
    averageIdleMs: calls === 0 ? null : Math.round(idleMs / calls),
    idleMs,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
