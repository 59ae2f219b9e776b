import type { AppointmentRecord } from '../appointment/types.ts';
import type { PreReviewRecord } from '../preReview/types.ts';
import { hallDay } from '../time/hallTime.ts';
import type {
  HallPlan,
  HallPlanRecord,
  IssueStop,
  IssueStopsRecord,
  PlannedWindow,
  WindowRecord,
  WindowReleaseRecord,
} from './hallTypes.ts';
import { DEFAULT_PLAN, plannedWindow } from './plan.ts';
import type { TicketRecord } from './ticketTypes.ts';

/** All that a decision about the queue looks at. One view for one decision: it must not change while it is used. */
export interface HallView {
  /** ms since the epoch */
  now: number;
  /** Local day of `now`, ISO. */
  day: string;
  /** Of the day, by id; tickets of other days are not looked at. */
  tickets: ReadonlyMap<string, TicketRecord>;
  /** By terminal; a window without a record is closed. */
  windows: ReadonlyMap<string, WindowRecord>;
  plan: HallPlan;
  /** 0 for the default plan. */
  planVersion: number;
  stops: readonly IssueStop[];
  /** When the hall closes today, ms; null: closed all day, or for today already. */
  openUntil: number | null;
  /** Terminals of windows the hub has not heard for a while. */
  silent: ReadonlySet<string>;
  /** Of these, those that may be calling their own tickets without the hub: nobody else gets those. */
  reserved: ReadonlySet<string>;
  /** Those the command is about, by id. */
  appointments: ReadonlyMap<string, AppointmentRecord>;
  preReviews: ReadonlyMap<string, PreReviewRecord>;
}

/** Plain records, as a projection keeps them. */
export interface HallFacts {
  /** ms since the epoch */
  now: number;
  /** ms since the epoch, or null */
  openUntil: number | null;
  tickets: ReadonlyMap<string, TicketRecord> | Iterable<TicketRecord>;
  windows: Iterable<WindowRecord>;
  plans?: Iterable<HallPlanRecord>;
  issues?: Iterable<IssueStopsRecord>;
  releases?: Iterable<WindowReleaseRecord>;
  /** Of the hub: since when a window is silent, ms, by terminal. A terminal that asks for itself has none. */
  silentSince?: ReadonlyMap<string, number>;
  appointments?: Iterable<AppointmentRecord>;
  preReviews?: Iterable<PreReviewRecord>;
}

/** A map of tickets is used as it is, not copied. */
export function makeView(facts: HallFacts): HallView {
  const { now, openUntil } = facts;
  const day = hallDay(now);
  const windows = new Map<string, WindowRecord>();
  for (const window of facts.windows) windows.set(window.terminal, window);
  const plan = newest(facts.plans ?? []);
  const silentSince = facts.silentSince ?? new Map<string, number>();
  const stops: IssueStop[] = [];
  for (const record of facts.issues ?? []) if (record.day === day) stops.push(...record.stops);
  return {
    now,
    day,
    tickets: facts.tickets instanceof Map ? facts.tickets : byId(facts.tickets as Iterable<TicketRecord>),
    windows,
    plan: plan ?? DEFAULT_PLAN,
    planVersion: plan?.version ?? 0,
    stops,
    openUntil: openUntil !== null && now < openUntil ? openUntil : null,
    silent: new Set(silentSince.keys()),
    reserved: reservedWindows(windows, silentSince, facts.releases ?? []),
    appointments: byId(facts.appointments ?? []),
    preReviews: byId(facts.preReviews ?? []),
  };
}

/**
 * Silent windows whose tickets are kept for them. A closed one is not among them; a release counts only for the silence
 * in which it was given.
 */
function reservedWindows(
  windows: ReadonlyMap<string, WindowRecord>,
  silentSince: ReadonlyMap<string, number>,
  releases: Iterable<WindowReleaseRecord>,
): Set<string> {
  const reserved = new Set<string>();
  for (const terminal of silentSince.keys()) {
    const window = windows.get(terminal);
    if (window && window.state !== 'closed') reserved.add(terminal);
  }
  for (const { terminal, at } of releases) {
    const since = silentSince.get(terminal);
    if (since !== undefined && Date.parse(at) >= since) reserved.delete(terminal);
  }
  return reserved;
}

function newest(plans: Iterable<HallPlanRecord>): HallPlanRecord | null {
  let found: HallPlanRecord | null = null;
  for (const plan of plans) if (found === null || plan.at > found.at) found = plan;
  return found;
}

function byId<T extends { id: string }>(records: Iterable<T>): Map<string, T> {
  const found = new Map<string, T>();
  for (const record of records) found.set(record.id, record);
  return found;
}

/** Open, and heard by the hub. */
export function isServing(view: HallView, terminal: string): boolean {
  return view.windows.get(terminal)?.state === 'open' && !view.silent.has(terminal);
}

/** Nobody will be called there: not in the plan, closed, or silent and given up by a supervisor. */
export function isAway(view: HallView, terminal: string): boolean {
  if (plannedWindow(view.plan, terminal) === null) return true;
  if ((view.windows.get(terminal)?.state ?? 'closed') === 'closed') return true;
  return view.silent.has(terminal) && !view.reserved.has(terminal);
}

/** Windows that serve a queue on a floor, in the order of the plan. */
export function windowsServing(view: HallView, queue: TicketRecord['queue'], floor: number): PlannedWindow[] {
  return view.plan.windows.filter((each) => each.floor === floor && each.queues.includes(queue));
}
