import type { PlannedWindow } from './hallTypes.ts';
import { compareRanked, type Ranked } from './lanes.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose, TicketRecord, WhyRule } from './ticketTypes.ts';
import { type HallView, isAway, isServing } from './view.ts';

/** Who could be called at a window, in the order in which they would be. */

/** `emergency`: without the hub, a window calls only what is kept for it. */
export type QueueMode = 'hub' | 'emergency';

export interface Candidate extends Ranked {
  ticket: TicketRecord;
  purpose: CallPurpose;
}

/** Nobody answered so many pickup calls: a message is sent, and the certificate waits (domain.md §6.5). */
export const MAX_MISSED_PICKUPS = 3;

export function candidatesFor(view: HallView, window: PlannedWindow, mode: QueueMode): Candidate[] {
  const found: Candidate[] = [];
  for (const ticket of view.tickets.values()) {
    if (ticket.day !== view.day || currentCall(ticket) !== null) continue;
    const { pickup } = ticket;
    if (pickup?.state === 'waiting' && mayCollectAt(view, ticket, window, mode)) {
      const waitedMs = view.now - Date.parse(pickup.raisedAt);
      found.push({ ticket, purpose: 'pickup', rule: 'own-pickup', waitedMs, queue: ticket.queue });
    }
    if (waitsForIntake(view, ticket) && mayComeTo(view, ticket, window, mode)) {
      const waitedMs = view.now - Date.parse(ticket.orderAt);
      found.push({
        ticket,
        purpose: 'intake',
        rule: laneOf(view, ticket, window.green),
        waitedMs,
        queue: ticket.queue,
      });
    }
  }
  return sortCandidates(view, window, found);
}

function sortCandidates({ plan }: HallView, { queues }: PlannedWindow, found: Candidate[]): Candidate[] {
  return found.sort((a, b) => compareRanked(a, b, plan.policy, queues) || comparePlace(a.ticket, b.ticket));
}

/** Pickups that were called in vain and may be called again, those called less often first. */
export function missedPickups(view: HallView, window: PlannedWindow, mode: QueueMode): Candidate[] {
  const found: Candidate[] = [];
  for (const ticket of view.tickets.values()) {
    if (ticket.day !== view.day || currentCall(ticket) !== null) continue;
    const { pickup } = ticket;
    if (pickup?.state !== 'missed' || pickup.missed >= MAX_MISSED_PICKUPS) continue;
    if (!mayCollectAt(view, ticket, window, mode)) continue;
    const waitedMs = view.now - Date.parse(pickup.raisedAt);
    found.push({ ticket, purpose: 'pickup', rule: 'own-pickup', waitedMs, queue: ticket.queue });
  }
  const missedOf = ({ ticket }: Candidate) => ticket.pickup?.missed ?? 0;
  return sortCandidates(view, window, found).sort((a, b) => missedOf(a) - missedOf(b));
}

/** Waiting, or set aside for longer than allowed: then it is called in its turn again, its place kept. */
export function waitsForIntake({ now }: Pick<HallView, 'now'>, ticket: TicketRecord): boolean {
  if (ticket.state === 'WAITING') return true;
  return ticket.state === 'HELD' && ticket.heldUntil !== null && Date.parse(ticket.heldUntil) <= now;
}

/** In which lane a ticket waits for its first call. One that was passed waits among the ordinary ones: it had its turn. */
export function laneOf({ now, plan }: HallView, ticket: TicketRecord, green: boolean): WhyRule {
  const { slotEarlyMs, agedAfterMs } = plan.policy;
  const isPassed = ticket.returned?.how === 'passed';
  if (!isPassed) {
    if (ticket.returned !== null) return 'returned';
    if (ticket.class === 'pickup') return 'own-pickup';
    if (ticket.class === 'priority') return 'priority';
    if (ticket.class === 'appointment' && ticket.slot && now >= Date.parse(ticket.slot.from) - slotEarlyMs) {
      return 'appointment';
    }
  }
  if (green && ticket.class === 'enterprise') return 'enterprise';
  return now - Date.parse(ticket.orderAt) > agedAfterMs ? 'aged' : 'first-come';
}

/** By its place; those put back come behind whoever had that place, in the order in which they were put back. */
export function comparePlace(a: TicketRecord, b: TicketRecord): number {
  return (
    compareText(a.orderAt, b.orderAt) ||
    a.passes - b.passes ||
    compareText(passedAt(a), passedAt(b)) ||
    compareText(a.number.padStart(8), b.number.padStart(8)) ||
    compareText(a.id, b.id)
  );
}

function passedAt({ returned }: TicketRecord): string {
  return returned?.how === 'passed' ? returned.at : '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a ticket that waits may be called at this window for the first time. */
export function mayComeTo(view: HallView, ticket: TicketRecord, window: PlannedWindow, mode: QueueMode): boolean {
  const { terminal } = window;
  if (isKeptForAnother(view, ticket, 'intake', terminal)) return false;
  if (mode === 'emergency' && !isOwnIntake(ticket, terminal)) return false;
  const { pinned } = ticket;
  if (pinned !== null && ticket.class === 'pickup') return nearestServing(view, pinned) === terminal;
  if (pinned === terminal) return true;
  if (pinned !== null && (mode === 'emergency' || !isAway(view, pinned))) return false;
  return window.queues.includes(ticket.queue) && window.floor === ticket.floor;
}

/** Whether this window calls the second time: the one of acceptance, or its neighbour while that one is not open. */
export function mayCollectAt(
  view: HallView,
  ticket: TicketRecord,
  { terminal }: PlannedWindow,
  mode: QueueMode,
): boolean {
  const { pickup } = ticket;
  if (pickup === null || isKeptForAnother(view, ticket, 'pickup', terminal)) return false;
  if (mode === 'hub') return nearestServing(view, pickup.terminal, ticket.floor) === terminal;
  return pickup.terminal === terminal && (isOver(ticket) || isOwnIntake(ticket, terminal));
}

function isOver({ state }: TicketRecord): boolean {
  return state === 'FINISHED' || state === 'VOIDED';
}

/** Without the hub: assigned to this window at issue and not sent to another, or set aside by it. */
function isOwnIntake({ state, fallback, pinned, heldBy }: TicketRecord, terminal: string): boolean {
  if (state === 'HELD') return heldBy === terminal;
  return fallback === terminal && (pinned === null || pinned === terminal);
}

/** Another window that the hub has not heard may be calling it now. */
export function isKeptForAnother(
  { reserved }: HallView,
  ticket: TicketRecord,
  purpose: CallPurpose,
  terminal: string,
): boolean {
  const isKept = (keeper: string | null | undefined) =>
    typeof keeper === 'string' && keeper !== terminal && reserved.has(keeper);
  if (purpose === 'pickup' && isKept(ticket.pickup?.terminal)) return true;
  if (purpose === 'pickup' && isOver(ticket)) return false;
  return isKept(ticket.fallback) || isKept(ticket.pinned) || isKept(ticket.heldBy);
}

/**
 * The window itself while it is open, or may be working without the hub; otherwise the nearest open one of its floor, by
 * number, the lower of two. Itself when none is open.
 *
 * @param floor of the ticket, for a window that is no longer in the plan
 */
export function nearestServing(view: HallView, terminal: string, floor?: number): string {
  if (view.reserved.has(terminal)) return terminal;
  const own = plannedWindow(view.plan, terminal);
  if (own && isServing(view, terminal)) return terminal;
  const wanted = own?.number ?? 0;
  const distance = ({ number }: PlannedWindow) => Math.abs(number - wanted);
  const [nearest] = view.plan.windows
    .filter((each) => each.floor === (own?.floor ?? floor) && isServing(view, each.terminal))
    .sort((a, b) => distance(a) - distance(b) || a.number - b.number);
  return nearest?.terminal ?? terminal;
}
