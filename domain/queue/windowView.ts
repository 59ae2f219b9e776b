import { missedPickups, nearestServing, type QueueMode } from './candidates.ts';
import { countsOf, type QueueCount, queuesOn } from './estimate.ts';
import type { PlannedWindow, QueuePolicy, WindowRecord, WindowState } from './hallTypes.ts';
import { previewAt } from './next.ts';
import { plannedWindow } from './plan.ts';
import { wasOvertakenAt } from './reconcile.ts';
import type { CallPurpose, Queue, TicketClass, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';
import { callsAt, indexOf } from './viewIndex.ts';

/** What a window shows of the queue: `queueState` of contract/rpc/queue.ts, without its line to the hub. */
export interface WindowView {
  window: WindowRecord | null;
  number: number | null;
  current: TicketRecord | null;
  counts: QueueCount[];
  next: { number: string; class: TicketClass; purpose: CallPurpose }[];
  held: TicketRecord[];
  pickups: TicketRecord[];
  passed: TicketRecord[];
  /** Called here too, and another window's by what the hub decided that counts; until this window calls again. */
  overtaken: { number: string; window: number } | null;
  policy: QueuePolicy;
  windows: { terminal: string; number: number; floor: number; queues: Queue[]; state: WindowState }[];
}

const PREVIEW = 3;

/**
 * @param terminal of a window; of any other, the counts are those of the whole hall
 * @param lostCalls ids of tickets that were called here by a hub which died with it
 */
export function windowView(
  view: HallView,
  terminal: string,
  mode: QueueMode,
  lostCalls: readonly string[] = [],
): WindowView {
  const window = plannedWindow(view.plan, terminal);
  const ofDay = [...view.tickets.values()].filter(({ day }) => day === view.day);
  return {
    window: view.windows.get(terminal) ?? null,
    number: window?.number ?? null,
    current: indexOf(view).inHand.get(terminal) ?? null,
    counts: window ? countsOf(view, window.queues, window.floor) : countsOfHall(view),
    next: window
      ? previewAt(view, window, mode, PREVIEW).map(({ number, class: ticketClass, purpose }) => ({
          number,
          class: ticketClass,
          purpose,
        }))
      : [],
    held: ofDay.filter(({ state, heldBy }) => state === 'HELD' && heldBy === terminal).sort(byHold),
    pickups: window ? pickupsAt(view, ofDay, window, mode) : [],
    passed: passedAt(view, terminal),
    overtaken: overtakenAt(view, ofDay, terminal, lostCalls),
    policy: view.plan.policy,
    windows: view.plan.windows.map((each) => ({
      terminal: each.terminal,
      number: each.number,
      floor: each.floor,
      queues: each.queues,
      state: view.windows.get(each.terminal)?.state ?? 'closed',
    })),
  };
}

function countsOfHall(view: HallView): QueueCount[] {
  const floors = [...new Set(view.plan.windows.map(({ floor }) => floor))].sort((a, b) => a - b);
  return floors.flatMap((floor) => countsOf(view, queuesOn(view, floor), floor));
}

/** Those to be called a second time here in their order, then those called in vain. */
function pickupsAt(
  view: HallView,
  ofDay: readonly TicketRecord[],
  window: PlannedWindow,
  mode: QueueMode,
): TicketRecord[] {
  const isHere = ({ pickup, floor }: TicketRecord) =>
    pickup !== null &&
    (pickup.terminal === window.terminal || nearestServing(view, pickup.terminal, floor) === window.terminal);
  const waiting = ofDay.filter((each) => each.pickup?.state === 'waiting' && isHere(each)).sort(byRaised);
  const again = missedPickups(view, window, mode).map(({ ticket }) => ticket);
  const inVain = ofDay.filter((each) => each.pickup?.state === 'missed' && isHere(each) && !again.includes(each));
  return [...waiting, ...again, ...inVain.sort(byRaised)];
}

/** Passed here today, newest first, while they wait again or are void by it. */
function passedAt(view: HallView, terminal: string): TicketRecord[] {
  const found = new Set<TicketRecord>();
  for (const { call, ticket } of callsAt(view, terminal).toReversed()) {
    const isOut = ticket.state === 'WAITING' || ticket.voidReason === 'passed';
    if (call.ended?.how === 'passed' && call.purpose === 'intake' && isOut) found.add(ticket);
  }
  return [...found];
}

/** Two hubs that could not hear each other both called it (docs/adr/0064): without a word it would only be gone from here. */
function overtakenAt(
  view: HallView,
  ofDay: readonly TicketRecord[],
  terminal: string,
  lostCalls: readonly string[],
): WindowView['overtaken'] {
  const lastOwn = callsAt(view, terminal).at(-1)?.call.at ?? '';
  const found = ofDay
    .filter((ticket) => wasOvertakenAt(ticket, terminal) || lostCalls.includes(ticket.id))
    .flatMap(({ number, calls }) => calls.slice(-1).map(({ at, window }) => ({ number, window, at })))
    .filter(({ at }) => at > lastOwn)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  return found ? { number: found.number, window: found.window } : null;
}

function byHold(a: TicketRecord, b: TicketRecord): number {
  return (a.heldUntil ?? '') < (b.heldUntil ?? '') ? -1 : 1;
}

function byRaised(a: TicketRecord, b: TicketRecord): number {
  return (a.pickup?.raisedAt ?? '') < (b.pickup?.raisedAt ?? '') ? -1 : 1;
}
