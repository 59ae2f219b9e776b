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
  /** Of a machine of the hall, by the levels of contract/health.ts; about `W03/disk-full`. */
  'machine-stopped': { level: 'over', action: 'machines' },
  'machine-alarm': { level: 'over', action: 'machines' },
  'machine-near': { level: 'near', action: 'machines' },
  'machine-silent': { level: 'over', action: 'machines' },
  'screen-stale': { level: 'over', action: 'machines' },
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
  /** What is wrong with the machine, by contract/health.ts; null where it is about something else. */
  code: string | null;
  /** Somebody has said at the machine itself that it is known. */
  seen: { by: string; at: string } | null;
}

/** In place of a terminal's name: the centre of a hall without a hub. */
export const CENTRE = 'CENTRE';

/** A machine of the hall, as it says itself. */
export interface MachineFacts {
  terminal: string;
  role: string;
  /** Since when it says nothing, though it was not switched off, ms since the epoch; null: it is there, or was switched off. */
  silentSince: number | null;
  alarms: readonly { code: string; level: 'stop' | 'over' | 'near'; since: number; known: Alarm['seen'] }[];
}

export interface AlarmFacts extends BoardFacts {
  /** The hub or centre answers. `awaySince`: last heard; null: never, or there is none. */
  hub: { configured: boolean; connected: boolean; awaySince: number | null };
  /** The other machines of the hall; null: nobody knows. */
  machines: readonly MachineFacts[] | null;
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
    ...ofMachines(facts),
    ...ofWindows(facts),
    ...ofQueues(facts),
    ...ofTickets(facts),
    ...ofStock(facts),
    ...ofWorkOrders(facts),
  ].sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0) || a.name.localeCompare(b.name));
}

function rank({ kind, level }: Alarm): number {
  if (kind === 'machine-stopped') return 0;
  return level === 'over' ? 1 : 2;
}

function alarm(
  kind: AlarmKind,
  about: string,
  given: Partial<Pick<Alarm, 'label' | 'since' | 'count' | 'code' | 'seen'>> = {},
): Alarm {
  const { label = about, since = null, count = null, code = null, seen = null } = given;
  const name = about === '' ? kind : `${kind}:${about}`;
  return { name, kind, about, label, since, count, code, seen, ...ALARM_KINDS[kind] };
}

function ofHub({ hub }: AlarmFacts): Alarm[] {
  return hub.configured && !hub.connected ? [alarm('hub-away', '', { since: hub.awaySince })] : [];
}

const MACHINE_KINDS = { stop: 'machine-stopped', over: 'machine-alarm', near: 'machine-near' } as const;

function ofMachines(facts: AlarmFacts): Alarm[] {
  const saidByWindow = new Set(ofWindows(facts).map(({ about }) => about));
  return (facts.machines ?? []).flatMap(({ terminal, role, silentSince, alarms }) => {
    if (silentSince !== null) {
      const kind = role === 'screen' ? 'screen-stale' : 'machine-silent';
      return saidByWindow.has(terminal) ? [] : [alarm(kind, terminal, { since: silentSince })];
    }
    return alarms.map(({ code, level, since, known }) =>
      alarm(MACHINE_KINDS[level], `${terminal}/${code}`, { label: terminal, since, code, seen: known }),
    );
  });
}

/** @returns what the name of an alarm of a machine says; null for any other */
export function machineAlarmOf(name: string): { terminal: string; code: string } | null {
  const found = /^machine-(?:stopped|alarm|near):([^/]+)\/(.+)$/.exec(name);
  return found ? { terminal: found[1] as string, code: found[2] as string } : null;
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
    const seen = each.seen && { ...each.seen, note: '' };
    return { ...each, known: last ? { by: last.by, at: last.at, note: last.note } : seen };
  });
}

const FORGOTTEN_AFTER_MS = 10 * 60_000;
