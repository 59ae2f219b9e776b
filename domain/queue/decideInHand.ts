import type { QueueCommand } from './commands.ts';
import {
  callInHand,
  type DecideContext,
  type Decision,
  instantOf,
  type QueueStep,
  type Refused,
  refuse,
  ticketStep,
} from './decision.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import { placeBack } from './requeue.ts';
import type { TicketCall, TicketRecord } from './ticketTypes.ts';
import { type HallView, isAway, windowsServing } from './view.ts';

/** What a window does with whom it called (domain.md §6.4). */

/** After 15 s, three calls in all. */
export function decideRecall(ticket: TicketRecord, view: HallView, context: DecideContext): Decision {
  const current = callInHand(ticket, context);
  if ('refused' in current) return current;
  const { recallAfterMs, maxCalls } = view.plan.policy;
  if (current.arrivedAt !== null) return refuse('already-arrived');
  if (current.times >= maxCalls) return refuse('recall-too-often');
  const waitMs = recallAfterMs - sinceLastCall(current, view);
  if (waitMs > 0) return refuse('recall-too-early', { waitMs });
  return done(ticket, ticketStep(ticket.id, 'ticket.recalled', here(view, context)));
}

export function decideArrive(ticket: TicketRecord, view: HallView, context: DecideContext): Decision {
  const current = callInHand(ticket, context);
  if ('refused' in current) return current;
  if (current.arrivedAt !== null) return refuse('already-arrived');
  return done(ticket, ticketStep(ticket.id, 'ticket.arrived', here(view, context)));
}

/** 过号: after the last call and a minute, two for an elder. A pickup passed is missed; nobody loses a certificate. */
export function decidePass(ticket: TicketRecord, view: HallView, context: DecideContext): Decision {
  const current = callInHand(ticket, context);
  if ('refused' in current) return current;
  const { maxCalls, passAfterMs, elderPassAfterMs } = view.plan.policy;
  if (current.arrivedAt !== null) return refuse('already-arrived');
  const callsLeft = maxCalls - current.times;
  const waitMs = (ticket.elder ? elderPassAfterMs : passAfterMs) - sinceLastCall(current, view);
  if (callsLeft > 0 || waitMs > 0) return refuse('pass-too-early', { callsLeft: Math.max(0, callsLeft), waitMs });
  const outcome =
    current.purpose === 'pickup' ? ({ kind: 'requeued', orderAt: ticket.orderAt } as const) : placeBack(view, ticket);
  return done(ticket, ticketStep(ticket.id, 'ticket.passed', { ...here(view, context), outcome }));
}

/** Somebody fetches a paper; the place is kept. Not for a pickup: that one waits anyway. */
export function decideHold(
  { reason }: Extract<QueueCommand, { kind: 'hold' }>,
  ticket: TicketRecord,
  view: HallView,
  context: DecideContext,
): Decision {
  const current = callInHand(ticket, context);
  if ('refused' in current) return current;
  if (current.purpose === 'pickup') return refuse('ticket-state');
  const until = instantOf(view.now + view.plan.policy.holdMaxMs);
  return done(ticket, ticketStep(ticket.id, 'ticket.held', { ...here(view, context), until, reason }));
}

/** A supervisor may end what hangs at another window. */
export function decideFinish(ticket: TicketRecord, view: HallView, context: DecideContext): Decision {
  const current = callInHand(ticket, context, ['SUP']);
  if ('refused' in current) return current;
  return done(ticket, ticketStep(ticket.id, 'ticket.finished', here(view, context)));
}

/** To a queue, or to one window; the time of the ticket is kept. A supervisor also sends those who wait. */
export function decideTransfer(
  { queue, to, reason }: Extract<QueueCommand, { kind: 'transfer' }>,
  ticket: TicketRecord,
  view: HallView,
  context: DecideContext,
): Decision {
  const current = currentCall(ticket);
  const isSupervisor = context.roles.includes('SUP');
  if (current === null ? !isSupervisor : current.terminal !== context.terminal && !isSupervisor) {
    return current === null ? refuse('nobody-called') : refuse('not-your-ticket', { terminal: current.terminal });
  }
  if (current?.purpose === 'pickup') return refuse('ticket-state');
  const floor = floorFor(view, ticket, queue, to);
  if (typeof floor !== 'number') return floor;
  const body = { ...here(view, context), queue, floor, pinned: to, reason };
  return done(ticket, ticketStep(ticket.id, 'ticket.transferred', body));
}

function floorFor(view: HallView, ticket: TicketRecord, queue: TicketRecord['queue'], to: string | null) {
  if (to !== null) {
    const window = plannedWindow(view.plan, to);
    if (window === null) return refuse('window-not-planned');
    return isAway(view, to) ? refuse('window-not-open') : window.floor;
  }
  if (windowsServing(view, queue, ticket.floor).length > 0) return ticket.floor;
  return view.plan.windows.find(({ queues }) => queues.includes(queue))?.floor ?? refuse('queue-not-served');
}

/** T10: the ticket ends; its pre-review is open again, with what is missing. */
export function decideSendBack(
  { reason }: Extract<QueueCommand, { kind: 'send-back' }>,
  ticket: TicketRecord,
  view: HallView,
  context: DecideContext,
): Decision {
  const current = callInHand(ticket, context);
  if ('refused' in current) return current;
  if (current.purpose === 'pickup') return refuse('ticket-state');
  const steps: QueueStep[] = [
    ticketStep(ticket.id, 'ticket.voided', { ...here(view, context), reason: 'sent-back', note: reason }),
  ];
  const preReview = ticket.preReview === null ? undefined : view.preReviews.get(ticket.preReview);
  if (preReview && preReview.ended === null) {
    const body = { ...here(view, context), reason };
    steps.push({ kind: 'prereview.sent-back', stream: `prereview:${preReview.id}`, body });
  }
  return { steps, ticketId: ticket.id };
}

function sinceLastCall({ at, recalledAt }: TicketCall, { now }: HallView): number {
  return now - Date.parse(recalledAt ?? at);
}

function here({ now }: HallView, { terminal }: DecideContext): { at: string; terminal: string } {
  return { at: instantOf(now), terminal };
}

function done(ticket: TicketRecord, step: QueueStep): Exclude<Decision, Refused> {
  return { steps: [step], ticketId: ticket.id };
}
