import type { AlarmRecord, LeaseRecord } from '../queue/hallTypes.ts';
import type { Queue } from '../queue/ticketTypes.ts';
import { BOARD_LIMITS, type BoardFacts, ms } from './types.ts';
import { openWindows, waitedMs, waitingTickets } from './waiting.ts';

/** What a supervisor has to know now. The name is the kind and what it is about: `window-silent:W03`. */
export const ALARM_KINDS = {
  'window-silent': { level: 'over', action: 'release' },
  'wait-too-long': { level: 'near', action: 'queue' },
  'queue-stuck': { level: 'over', action: 'queue' },
  'no-window': { level: 'over', action: 'plan' },
  'hold-too-long': { level: 'near', action: 'ticket' },
  'ticket-doubted': { level: 'over', action: 'ticket' },
  'screen-stale': { level: 'over', action: 'none' },
  'hub-away': { level: 'over', action: 'machine' },
  'blanks-low': { level: 'near', action: 'blanks' },
  'numbers-low': { level: 'near', action: 'none' },
  'work-order-contact': { level: 'over', action: 'ratings' },
  'work-order-settle': { level: 'over', action: 'ratings' },
} as const satisfies Record<string, { level: 'near' | 'over'; action: string }>;

export type AlarmKind = keyof typeof ALARM_KINDS;
/** The one thing to do about it: where the page leads. */
export type AlarmAction = (typeof ALARM_KINDS)[AlarmKind]['action'];

export interface Alarm {
  name: string;
  kind: AlarmKind;
  /** Terminal, queue, id of a ticket or work order, drawer: what the name says after the colon. */
  about: string;
  /** As a person calls it: a ticket's number, `A`, `W03`. */
  label: string;
  level: 'near' | 'over';
  action: AlarmAction;
  /** Since when it is true, ms since the epoch; null where nobody can say. */
  since: number | null;
  /** How many, where it is about a number of things. */
  count: number | null;
}

export interface AlarmFacts extends BoardFacts {
  /** The hub or centre answers. `awaySince`: last heard; null: never, or there is none. */
  hub: { configured: boolean; connected: boolean; awaySince: number | null };
  /** Screens of the hall that do not listen; null: nobody knows. */
  staleScreens: readonly string[] | null;
  drawers: readonly { window: string; form: string; left: number }[];
  leases: readonly LeaseRecord[];
  /** Local day, ISO. */
  day: string;
  workOrders: readonly { id: string; about: string; contactDue: number; settleDue: number; state: string }[];
}

/** What is wrong now, the worst first, and of those the oldest. */
export function alarmsOf(facts: AlarmFacts): Alarm[] {
  return [
    ...ofHub(facts),
    ...ofWindows(facts),
    ...ofQueues(facts),
    ...ofTickets(facts),
    ...ofStock(facts),
    ...ofWorkOrders(facts),
  ].sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0) || a.name.localeCompare(b.name));
}

function rank({ level }: Alarm): number {
  return level === 'over' ? 0 : 1;
}

function alarm(
  kind: AlarmKind,
  about: string,
  { label = about, since = null, count = null }: Partial<Pick<Alarm, 'label' | 'since' | 'count'>> = {},
): Alarm {
  return { name: about === '' ? kind : `${kind}:${about}`, kind, about, label, since, count, ...ALARM_KINDS[kind] };
}

function ofHub({ hub, staleScreens }: AlarmFacts): Alarm[] {
  const away = hub.configured && !hub.connected ? [alarm('hub-away', '', { since: hub.awaySince })] : [];
  return [...away, ...(staleScreens ?? []).map((screen) => alarm('screen-stale', screen))];
}

function ofWindows({ plan, windows, silent, tickets }: AlarmFacts): Alarm[] {
  return plan.windows.flatMap(({ terminal }) => {
    const record = windows.find((each) => each.terminal === terminal);
    if (!silent?.has(terminal) || !record || record.state === 'closed') return [];
    const reserved = tickets.filter(({ state, fallback }) => state === 'WAITING' && fallback === terminal).length;
    return [alarm('window-silent', terminal, { count: reserved })];
  });
}

function ofQueues(facts: AlarmFacts): Alarm[] {
  const { plan, now, hub } = facts;
  const queues = [
    ...new Set([...plan.windows.flatMap((each) => each.queues), ...facts.tickets.map((each) => each.queue)]),
  ];
  return queues.sort().flatMap((queue) => {
    const waiting = waitingTickets(facts, [queue]);
    if (waiting.length === 0) return [];
    const longest = Math.max(...waiting.map((ticket) => waitedMs(ticket, now)));
    const found: Alarm[] = [];
    if (longest > plan.policy.agedAfterMs) {
      const late = waiting.filter((ticket) => waitedMs(ticket, now) > plan.policy.agedAfterMs);
      found.push(alarm('wait-too-long', queue, { since: now - longest + plan.policy.agedAfterMs, count: late.length }));
    }
    if (openWindows(facts, queue).length === 0) found.push(alarm('no-window', queue, { count: waiting.length }));
    // While the hub is away each window calls only its own: a free one beside a full one is no fault then.
    const stuck = hub.connected ? stuckSince(facts, queue) : null;
    if (stuck !== null) found.push(alarm('queue-stuck', queue, { since: stuck, count: waiting.length }));
    return found;
  });
}

/**
 * Since when an open window of this queue has had nobody in hand while somebody waited, when that has lasted for a
 * minute: the last of its ends and openings, and not before somebody waited.
 */
function stuckSince(facts: AlarmFacts, queue: Queue): number | null {
  const { tickets, windows, now } = facts;
  const waitingSince = Math.min(...waitingTickets(facts, [queue]).map((ticket) => now - waitedMs(ticket, now)));
  const since = openWindows(facts, queue).flatMap((terminal) => {
    const calls = tickets.flatMap((ticket) => ticket.calls).filter((call) => call.terminal === terminal);
    if (calls.some(({ ended }) => ended === null)) return [];
    const openedAt = ms(windows.find((each) => each.terminal === terminal)?.since ?? new Date(now).toISOString());
    return [Math.max(openedAt, waitingSince, ...calls.map(({ ended }) => ms(ended?.at ?? '')))];
  });
  const oldest = Math.min(...since);
  return now - oldest >= BOARD_LIMITS.stuck ? oldest : null;
}

function ofTickets({ tickets, now }: AlarmFacts): Alarm[] {
  return tickets.flatMap(({ id, number, state, heldUntil, doubts }) => [
    ...(state === 'HELD' && heldUntil !== null && ms(heldUntil) < now
      ? [alarm('hold-too-long', id, { label: number, since: ms(heldUntil) })]
      : []),
    ...(doubts.length > 0 ? [alarm('ticket-doubted', id, { label: number, count: doubts.length })] : []),
  ]);
}

function ofStock({ drawers, leases, tickets, day }: AlarmFacts): Alarm[] {
  const low = drawers
    .filter(({ left }) => left < BOARD_LIMITS.blanksLow)
    .map(({ window, form, left }) => alarm('blanks-low', `${window}:${form}`, { label: window, count: left }));
  return [...low, ...lowNumbers(leases, tickets, day)];
}

/** Of each dispenser and letter the newest block of today. The hub takes its next block by itself. */
function lowNumbers(leases: readonly LeaseRecord[], tickets: AlarmFacts['tickets'], day: string): Alarm[] {
  const newest = new Map<string, LeaseRecord>();
  for (const lease of leases) {
    if (lease.day !== day || lease.holder === 'HUB') continue;
    const key = `${lease.holder}:${lease.prefix}`;
    if (lease.first >= (newest.get(key)?.first ?? 0)) newest.set(key, lease);
  }
  return [...newest].flatMap(([key, { holder, prefix, first, last }]) => {
    const used = tickets
      .filter((ticket) => ticket.issuer === holder && ticket.prefix === prefix)
      .map(({ number }) => Number(number.slice(prefix.length)))
      .filter((number) => number >= first && number <= last);
    const left = last - Math.max(first - 1, ...used);
    return left < BOARD_LIMITS.numbersLow ? [alarm('numbers-low', key, { label: holder, count: left })] : [];
  });
}

function ofWorkOrders({ workOrders, now }: AlarmFacts): Alarm[] {
  return workOrders.flatMap(({ id, about, contactDue, settleDue, state }) => {
    if (state === 'settled') return [];
    if (settleDue <= now) return [alarm('work-order-settle', id, { label: about, since: settleDue })];
    return state === 'open' && contactDue <= now
      ? [alarm('work-order-contact', id, { label: about, since: contactDue })]
      : [];
  });
}

export interface KnownAlarm extends Alarm {
  /** Who has seen it, since it came up. */
  known: { by: string; at: string; note: string } | null;
}

/**
 * Joins alarms with what supervisors said of them. One that went away and came back is new; where nobody can say since
 * when it is true, an acknowledgement holds for ten minutes.
 */
export function withAcknowledgements(
  alarms: readonly Alarm[],
  said: readonly AlarmRecord[],
  now: number,
): KnownAlarm[] {
  return alarms.map((each) => {
    const last = said
      .filter(({ alarm: name, at }) => name === each.name && ms(at) >= (each.since ?? now - FORGOTTEN_AFTER_MS))
      .sort((a, b) => ms(a.at) - ms(b.at))
      .at(-1);
    return { ...each, known: last ? { by: last.by, at: last.at, note: last.note } : null };
  });
}

const FORGOTTEN_AFTER_MS = 10 * 60_000;
