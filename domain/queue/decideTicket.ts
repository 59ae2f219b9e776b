import type { QueueCommand } from './commands.ts';
import { callInHand, type DecideContext, type Decision, instantOf, refuse, ticketStep } from './decision.ts';
import { currentCall } from './reduceTicket.ts';
import type { TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** What is done with a ticket whether it was called or not. */

/** T42. In hand, only by the window that called it or a supervisor. A pass and a sending back have commands of their own. */
export function decideVoid(
  { reason, note }: Extract<QueueCommand, { kind: 'void' }>,
  ticket: TicketRecord,
  { now }: HallView,
  context: DecideContext,
): Decision {
  if (reason === 'passed' || reason === 'sent-back') return refuse('bad-input');
  if (currentCall(ticket) !== null) {
    const current = callInHand(ticket, context, ['SUP']);
    if ('refused' in current) return current;
    if (current.purpose === 'pickup') return refuse('ticket-state');
  }
  const body = { at: instantOf(now), terminal: context.terminal, reason, note };
  return { steps: [ticketStep(ticket.id, 'ticket.voided', body)], ticketId: ticket.id };
}

export function decideReprint(ticket: TicketRecord, { now }: HallView, { terminal }: DecideContext): Decision {
  const body = { at: instantOf(now), terminal };
  return { steps: [ticketStep(ticket.id, 'ticket.reprinted', body)], ticketId: ticket.id };
}

/** By courier, or on another day. While somebody is called to collect, only by that window. */
export function decideDropPickup(
  { caseId }: Extract<QueueCommand, { kind: 'drop-pickup' }>,
  ticket: TicketRecord,
  { now }: HallView,
  context: DecideContext,
): Decision {
  if (currentCall(ticket)?.purpose === 'pickup') {
    const current = callInHand(ticket, context, ['SUP']);
    if ('refused' in current) return current;
  }
  const body = { caseId, at: instantOf(now) };
  return { steps: [ticketStep(ticket.id, 'ticket.pickup-dropped', body)], ticketId: ticket.id };
}

/** Before the others, with a reason that is kept. Once: it does not come nearer by being raised again. */
export function decideRaise(
  { reason }: Extract<QueueCommand, { kind: 'raise' }>,
  ticket: TicketRecord,
  { now }: HallView,
): Decision {
  if (currentCall(ticket) !== null || ticket.returned?.how === 'raised') return refuse('ticket-state');
  return { steps: [ticketStep(ticket.id, 'ticket.raised', { at: instantOf(now), reason })], ticketId: ticket.id };
}
