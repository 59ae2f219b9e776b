import { nearestServing } from './candidates.ts';
import type { QueueRefusal } from './decision.ts';
import { countsOf, type QueueCount, queuesOn } from './estimate.ts';
import { stoppedQueues } from './issuing.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose, Queue, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** What is public (domain.md §6.7): numbers, windows and states. No name, no item, no person. */
export interface ScreenView {
  floor: number;
  /** Called or at a window, newest call first. */
  now: ScreenCall[];
  /** Ready and not collected, and where; oldest first. */
  pickups: { number: string; window: number }[];
  waiting: QueueCount[];
  /** Passed today, newest first; `isOver`: a new number is needed. */
  passed: { number: string; at: string; isOver: boolean }[];
  /** Windows that pause. */
  paused: number[];
  /** Queues that give no numbers now, and whether for today or for the time being. */
  stopped: { queue: Queue; why: QueueRefusal }[];
}

export interface ScreenCall {
  ticketId: string;
  number: string;
  window: number;
  terminal: string;
  purpose: CallPurpose;
  /** Of the last call: a recall counts. ISO instant. */
  calledAt: string;
  /** 1 for the call, 2 and 3 for recalls. */
  times: number;
  /** At the window already. */
  hasArrived: boolean;
}

const MOST_PASSED = 10;

export function screenView(view: HallView, floor: number): ScreenView {
  const ofDay = [...view.tickets.values()].filter(({ day }) => day === view.day);
  const queues = queuesOn(view, floor);
  return {
    floor,
    now: callsOn(view, ofDay, floor),
    pickups: pickupsOn(view, ofDay, floor),
    waiting: countsOf(view, queues, floor),
    passed: passedOn(ofDay, floor),
    paused: view.plan.windows
      .filter((each) => each.floor === floor && view.windows.get(each.terminal)?.state === 'paused')
      .map(({ number }) => number),
    stopped: stoppedQueues(view, queues, floor),
  };
}

function callsOn(view: HallView, ofDay: readonly TicketRecord[], floor: number): ScreenCall[] {
  const found: ScreenCall[] = [];
  for (const ticket of ofDay) {
    const call = currentCall(ticket);
    if (call === null || (plannedWindow(view.plan, call.terminal)?.floor ?? ticket.floor) !== floor) continue;
    found.push({
      ticketId: ticket.id,
      number: ticket.number,
      window: call.window,
      terminal: call.terminal,
      purpose: call.purpose,
      calledAt: call.recalledAt ?? call.at,
      times: call.times,
      hasArrived: call.arrivedAt !== null,
    });
  }
  return found.sort((a, b) => newestFirst(a.calledAt, b.calledAt) || a.window - b.window);
}

function pickupsOn(view: HallView, ofDay: readonly TicketRecord[], floor: number): ScreenView['pickups'] {
  const found: { number: string; window: number; raisedAt: string }[] = [];
  for (const { number, pickup, floor: ofTicket } of ofDay) {
    if (pickup?.state !== 'waiting') continue;
    const window = plannedWindow(view.plan, nearestServing(view, pickup.terminal, ofTicket));
    if (window?.floor === floor) found.push({ number, window: window.number, raisedAt: pickup.raisedAt });
  }
  return found.sort((a, b) => newestFirst(b.raisedAt, a.raisedAt)).map(({ number, window }) => ({ number, window }));
}

function passedOn(ofDay: readonly TicketRecord[], floor: number): ScreenView['passed'] {
  const found: ScreenView['passed'] = [];
  for (const ticket of ofDay) {
    const last = ticket.calls.at(-1);
    if (ticket.floor !== floor || last?.purpose !== 'intake' || last.ended?.how !== 'passed') continue;
    found.push({ number: ticket.number, at: last.ended.at, isOver: ticket.state === 'VOIDED' });
  }
  return found.sort((a, b) => newestFirst(a.at, b.at)).slice(0, MOST_PASSED);
}

function newestFirst(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
