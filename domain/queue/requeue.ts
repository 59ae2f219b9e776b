import { comparePlace, laneOf, waitsForIntake } from './candidates.ts';
import { instantOf } from './decision.ts';
import { currentCall } from './reduceTicket.ts';
import type { PassOutcome, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** What follows when somebody did not come (domain.md §6.4, `PASS_POLICY`). The second time ends the ticket, whatever the policy. */

const PLACES_BACK = 3;

export function placeBack(view: HallView, ticket: TicketRecord): PassOutcome {
  const { passPolicy } = view.plan.policy;
  if (passPolicy === 'VOID' || ticket.passes > 0) return { kind: 'voided' };
  const inTurn = passPolicy === 'REQUEUE_3' ? waitingInTurn(view, ticket) : [];
  const orderAt = placeBehind(inTurn[PLACES_BACK - 1], inTurn[PLACES_BACK], view.now);
  // Who was called early, by priority or sent from elsewhere, does not come before those who took a number earlier:
  // numbers of people who never come would keep the others waiting for ever.
  return { kind: 'requeued', orderAt: orderAt < ticket.orderAt ? ticket.orderAt : orderAt };
}

/** Halfway between two; within two milliseconds it shares the place of the first and sorts behind it (`comparePlace`). */
function placeBehind(before: TicketRecord | undefined, after: TicketRecord | undefined, now: number): string {
  if (before === undefined || after === undefined) return instantOf(now);
  const from = Date.parse(before.orderAt);
  return instantOf(from + Math.floor((Date.parse(after.orderAt) - from) / 2));
}

/** Those of the queue and floor who wait without priority, in their order. */
export function waitingInTurn(view: HallView, { queue, floor, id }: Pick<TicketRecord, 'queue' | 'floor' | 'id'>) {
  const found: TicketRecord[] = [];
  for (const ticket of view.tickets.values()) {
    if (ticket.id === id || ticket.day !== view.day || ticket.queue !== queue || ticket.floor !== floor) continue;
    if (ticket.pinned !== null || currentCall(ticket) !== null || !waitsForIntake(view, ticket)) continue;
    const lane = laneOf(view, ticket, false);
    if (lane === 'first-come' || lane === 'aged') found.push(ticket);
  }
  return found.sort(comparePlace);
}
