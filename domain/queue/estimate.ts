import { laneOf, waitsForIntake } from './candidates.ts';
import type { PlannedWindow } from './hallTypes.ts';
import { currentCall } from './reduceTicket.ts';
import { QUEUES, type Queue, TICKET_CLASSES, type TicketClass, type TicketRecord } from './ticketTypes.ts';
import { type HallView, isServing, windowsServing } from './view.ts';
import { indexOf } from './viewIndex.ts';

/** How long somebody waits (domain.md §6.4): people ahead × average of the last 20 services ÷ open windows, as a range. */

const MINUTE = 60_000;
/** While a queue had fewer than three services today. */
const DEFAULT_SERVICE_MS = 12 * MINUTE;
const DEFAULT_SPREAD = 0.5;
const FEWEST_SERVICES = 3;
/** Nobody is told a narrower range than a quarter to either side. */
const LEAST_SPREAD = 0.25;
/** Eight of ten waits lie within, if services take their time independently of each other. */
const DEVIATIONS = 1.28;

export interface Estimate {
  /** ms, whole minutes, never below 0 */
  fromMs: number;
  toMs: number;
}

/** @returns mean and standard deviation of a service of this queue, ms; of the last 20 */
export function serviceTime(view: HallView, queue: Queue): { meanMs: number; deviationMs: number } {
  const services = indexOf(view).services.get(queue) ?? [];
  if (services.length < FEWEST_SERVICES) {
    return { meanMs: DEFAULT_SERVICE_MS, deviationMs: DEFAULT_SERVICE_MS * DEFAULT_SPREAD };
  }
  const meanMs = services.reduce((sum, each) => sum + each, 0) / services.length;
  const squares = services.reduce((sum, each) => sum + (each - meanMs) ** 2, 0);
  return { meanMs, deviationMs: Math.sqrt(squares / (services.length - 1)) };
}

/** @returns ms, or null while no window that serves the queue on this floor is open */
export function expectedWait(view: HallView, queue: Queue, floor: number, ahead: number): number | null {
  const open = openWindows(view, queue, floor).length;
  return open === 0 ? null : (ahead * serviceTime(view, queue).meanMs) / open;
}

/** @returns null while nothing can be said: no window open */
export function estimateWait(view: HallView, queue: Queue, floor: number, ahead: number): Estimate | null {
  const expected = expectedWait(view, queue, floor, ahead);
  if (expected === null) return null;
  const { meanMs, deviationMs } = serviceTime(view, queue);
  const relative = meanMs === 0 || ahead === 0 ? 0 : (DEVIATIONS * deviationMs) / (meanMs * Math.sqrt(ahead));
  const spread = expected * Math.max(LEAST_SPREAD, relative);
  return {
    fromMs: Math.max(0, Math.floor((expected - spread) / MINUTE) * MINUTE),
    toMs: Math.ceil(Math.max(expected + spread, untilOneIsFree(view, queue, floor, meanMs)) / MINUTE) * MINUTE,
  };
}

/** With nobody ahead somebody still waits for the first window that is done. */
function untilOneIsFree(view: HallView, queue: Queue, floor: number, meanMs: number): number {
  const open = openWindows(view, queue, floor);
  const { inHand } = indexOf(view);
  return open.every(({ terminal }) => inHand.has(terminal)) ? meanMs / open.length : 0;
}

function openWindows(view: HallView, queue: Queue, floor: number): PlannedWindow[] {
  return windowsServing(view, queue, floor).filter(({ terminal }) => isServing(view, terminal));
}

/** How many go before somebody of this class who takes a number now. */
export function aheadOf(view: HallView, queue: Queue, floor: number, ticketClass: TicketClass): number {
  let ahead = 0;
  for (const ticket of waitingIn(view, queue, floor)) if (goesBefore(view, ticket, ticketClass)) ahead += 1;
  return ahead;
}

function goesBefore(view: HallView, ticket: TicketRecord, ticketClass: TicketClass): boolean {
  const lane = laneOf(view, ticket, false);
  if (ticketClass === 'priority') return lane === 'returned' || lane === 'priority';
  if (ticketClass === 'appointment') return lane === 'returned' || lane === 'priority' || lane === 'appointment';
  return true;
}

/** @param floor absent: on all floors */
export function waitingIn(view: HallView, queue: Queue, floor?: number): TicketRecord[] {
  const found: TicketRecord[] = [];
  for (const ticket of view.tickets.values()) {
    if (ticket.day !== view.day || ticket.queue !== queue) continue;
    if (floor !== undefined && ticket.floor !== floor) continue;
    if (currentCall(ticket) === null && waitsForIntake(view, ticket)) found.push(ticket);
  }
  return found;
}

export interface QueueCount {
  queue: Queue;
  class: TicketClass;
  waiting: number;
  /** Of those who wait, since they took their number, ms; 0 when nobody does. */
  longestMs: number;
  estimate: Estimate | null;
}

/**
 * Who waits, by queue and class, and how long somebody would who takes a number now. A class nobody waits in is left
 * out, except the ordinary one.
 *
 * @param floor of the queue's windows
 */
export function countsOf(view: HallView, queues: readonly Queue[], floor: number): QueueCount[] {
  const counts: QueueCount[] = [];
  for (const queue of queues) {
    const waiting = waitingIn(view, queue, floor);
    for (const ticketClass of TICKET_CLASSES) {
      const own = waiting.filter((ticket) => ticket.class === ticketClass);
      if (own.length === 0 && ticketClass !== 'ordinary') continue;
      const longestMs = own.reduce((longest, { takenAt }) => Math.max(longest, view.now - Date.parse(takenAt)), 0);
      const ahead = aheadOf(view, queue, floor, ticketClass);
      const estimate = estimateWait(view, queue, floor, ahead);
      counts.push({ queue, class: ticketClass, waiting: own.length, longestMs, estimate });
    }
  }
  return counts;
}

/** Queues that windows of a floor serve, in the order of `QUEUES`. */
export function queuesOn(view: HallView, floor: number): Queue[] {
  return QUEUES.filter((queue) => windowsServing(view, queue, floor).length > 0);
}
