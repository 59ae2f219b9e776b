import { comparePlace, nearestServing } from './candidates.ts';
import { countsOf, type Estimate, queuesOn, waitingIn } from './estimate.ts';
import { stoppedQueues } from './issuing.ts';
import { plannedWindow, prefixOf } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose, Queue, TicketClass, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** What is public of a floor (domain.md §6.7): numbers, windows and states. No name, no item, no person. */
export interface ScreenView {
  floor: number;
  /** Called or at a window for what they came for, newest call first. */
  now: ScreenCall[];
  /** Called to collect (取证), newest call first. */
  pickup: ScreenCall[];
  /** Ready and not yet called to collect, oldest first. */
  ready: { number: string; window: number }[];
  waiting: ScreenCount[];
  /** Did not come and were not served since; newest first. */
  passed: string[];
  /** Windows that pause. */
  paused: number[];
  /** What the windows of this floor serve, by the plan. */
  queues: Queue[];
  /** Queues of this floor that give no numbers now. */
  stopped: Queue[];
  /** No window of this floor is open or paused, and nobody is called. */
  isClosed: boolean;
}

export interface ScreenCall {
  number: string;
  window: number;
  /** Of the last call: a recall counts. ISO instant. */
  at: string;
  /** 1 for the call, 2 and 3 for recalls. */
  times: number;
  /** False once somebody came to the window. */
  isAwaited: boolean;
}

export interface ScreenCount {
  queue: Queue;
  class: TicketClass;
  prefix: string;
  waiting: number;
  estimate: Estimate | null;
  /** Whose turn is next among these, at most three. */
  next: string[];
}

const MOST_PASSED = 10;
const MOST_NEXT = 3;

export function screenView(view: HallView, floor: number): ScreenView {
  const ofDay = [...view.tickets.values()].filter(({ day }) => day === view.day);
  const queues = queuesOn(view, floor);
  const states = view.plan.windows
    .filter((each) => each.floor === floor)
    .map(({ terminal, number }) => ({ number, state: view.windows.get(terminal)?.state ?? 'closed' }));
  const now = callsOn(view, ofDay, floor, 'intake');
  const pickup = callsOn(view, ofDay, floor, 'pickup');
  return {
    floor,
    now,
    pickup,
    ready: readyOn(view, ofDay, floor),
    waiting: countsOn(view, queues, floor),
    passed: passedOn(ofDay, floor),
    paused: states.filter(({ state }) => state === 'paused').map(({ number }) => number),
    queues,
    stopped: stoppedQueues(view, queues, floor),
    isClosed: states.every(({ state }) => state === 'closed') && now.length === 0 && pickup.length === 0,
  };
}

function callsOn(view: HallView, ofDay: readonly TicketRecord[], floor: number, purpose: CallPurpose): ScreenCall[] {
  const found: ScreenCall[] = [];
  for (const ticket of ofDay) {
    const call = currentCall(ticket);
    if (call?.purpose !== purpose) continue;
    if ((plannedWindow(view.plan, call.terminal)?.floor ?? ticket.floor) !== floor) continue;
    found.push({
      number: ticket.number,
      window: call.window,
      at: call.recalledAt ?? call.at,
      times: call.times,
      isAwaited: call.arrivedAt === null,
    });
  }
  return found.sort((a, b) => newestFirst(a.at, b.at) || a.window - b.window);
}

function readyOn(view: HallView, ofDay: readonly TicketRecord[], floor: number): ScreenView['ready'] {
  const found: { number: string; window: number; raisedAt: string }[] = [];
  for (const { number, pickup, floor: ofTicket } of ofDay) {
    if (pickup?.state !== 'waiting') continue;
    const window = plannedWindow(view.plan, nearestServing(view, pickup.terminal, ofTicket));
    if (window?.floor === floor) found.push({ number, window: window.number, raisedAt: pickup.raisedAt });
  }
  return found.sort((a, b) => newestFirst(b.raisedAt, a.raisedAt)).map(({ number, window }) => ({ number, window }));
}

function countsOn(view: HallView, queues: readonly Queue[], floor: number): ScreenCount[] {
  return countsOf(view, queues, floor).map(({ queue, class: ticketClass, waiting, estimate }) => {
    const own = waitingIn(view, queue, floor).filter((ticket) => ticket.class === ticketClass);
    const next = own.sort(comparePlace).slice(0, MOST_NEXT);
    const prefix = prefixOf(queue, ticketClass);
    return { queue, class: ticketClass, prefix, waiting, estimate, next: next.map(({ number }) => number) };
  });
}

function passedOn(ofDay: readonly TicketRecord[], floor: number): string[] {
  const found: { number: string; at: string }[] = [];
  for (const { calls, number, floor: ofTicket } of ofDay) {
    const last = calls.at(-1);
    if (ofTicket === floor && last?.ended?.how === 'passed') found.push({ number, at: last.ended.at });
  }
  return found
    .sort((a, b) => newestFirst(a.at, b.at))
    .slice(0, MOST_PASSED)
    .map(({ number }) => number);
}

function newestFirst(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
