import {
  type Candidate,
  isKeptForAnother,
  laneOf,
  MAX_MISSED_PICKUPS,
  mayCollectAt,
  mayComeTo,
  waitsForIntake,
} from './candidates.ts';
import type { QueueCommand } from './commands.ts';
import { type DecideContext, type Decision, instantOf, type Refused, refuse, ticketStep } from './decision.ts';
import type { PlannedWindow } from './hallTypes.ts';
import { nextAt, whyChosen } from './next.ts';
import { plannedWindow } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose, TicketRecord, Why } from './ticketTypes.ts';
import type { HallView } from './view.ts';
import { indexOf } from './viewIndex.ts';

/** Whose turn it is. Nobody: no steps, and no ticket. */
export function decideNext(
  { purpose }: Extract<QueueCommand, { kind: 'next' }>,
  view: HallView,
  context: DecideContext,
): Decision {
  const window = callingWindow(view, context);
  if ('refused' in window) return window;
  const next = nextAt(view, window, context.mode, purpose);
  if (next === null) return { steps: [], ticketId: null };
  return called(next.ticketId, next.purpose, next.why, view, window, context);
}

/** This one: back from hold, or a pickup that was called in vain, or one that waits and is asked for. */
export function decideCall(
  { purpose }: Extract<QueueCommand, { kind: 'call' }>,
  ticket: TicketRecord,
  view: HallView,
  context: DecideContext,
): Decision {
  const window = callingWindow(view, context);
  if ('refused' in window) return window;
  const current = currentCall(ticket);
  if (current !== null) return refuse('ticket-called', { terminal: current.terminal });
  const refused =
    purpose === 'pickup' ? whyNoPickup(view, ticket, window, context) : whyNoIntake(view, ticket, window, context);
  if (refused) return refused;
  const why = whyChosen(view, window, context.mode, asCandidate(view, ticket, purpose, window));
  return called(ticket.id, purpose, why, view, window, context);
}

/** The window at which the caller sits, when it may call somebody now. */
export function callingWindow(
  view: HallView,
  { terminal, mode, isKeptForUs }: Pick<DecideContext, 'terminal' | 'mode' | 'isKeptForUs'>,
): PlannedWindow | Refused {
  const window = plannedWindow(view.plan, terminal);
  if (window === null) return refuse('window-not-planned');
  if (view.windows.get(terminal)?.state !== 'open') return refuse('window-not-open');
  if (mode === 'emergency' && !isKeptForUs) return refuse('not-assigned-here');
  const inHand = indexOf(view).inHand.get(terminal);
  return inHand ? refuse('window-busy', { number: inHand.number, ticketId: inHand.id }) : window;
}

function whyNoPickup(
  view: HallView,
  ticket: TicketRecord,
  window: PlannedWindow,
  { mode }: DecideContext,
): Refused | null {
  const { pickup } = ticket;
  if (pickup === null || (pickup.state !== 'waiting' && pickup.state !== 'missed')) return refuse('ticket-state');
  if (pickup.missed >= MAX_MISSED_PICKUPS) return refuse('pickup-called-enough');
  if (mayCollectAt(view, ticket, window, mode)) return null;
  if (isKeptForAnother(view, ticket, 'pickup', window.terminal)) return refuse('ticket-reserved');
  return mode === 'emergency' ? refuse('not-assigned-here') : refuse('not-your-ticket', { terminal: pickup.terminal });
}

function whyNoIntake(
  view: HallView,
  ticket: TicketRecord,
  window: PlannedWindow,
  { mode }: DecideContext,
): Refused | null {
  const { terminal } = window;
  const isOwnHold = ticket.state === 'HELD' && ticket.heldBy === terminal;
  if (isOwnHold && !isKeptForAnother(view, ticket, 'intake', terminal)) return null;
  if (!waitsForIntake(view, ticket)) {
    return ticket.state === 'HELD' ? refuse('not-your-ticket', { terminal: ticket.heldBy }) : refuse('ticket-state');
  }
  if (mayComeTo(view, ticket, window, mode)) return null;
  if (isKeptForAnother(view, ticket, 'intake', terminal)) return refuse('ticket-reserved');
  return refuse(mode === 'emergency' ? 'not-assigned-here' : 'not-your-ticket');
}

function asCandidate(view: HallView, ticket: TicketRecord, purpose: CallPurpose, window: PlannedWindow): Candidate {
  const since = purpose === 'pickup' && ticket.pickup ? ticket.pickup.raisedAt : ticket.orderAt;
  const rule = purpose === 'pickup' ? 'own-pickup' : laneOf(view, ticket, window.green);
  return { ticket, purpose, rule, waitedMs: view.now - Date.parse(since), queue: ticket.queue };
}

function called(
  ticketId: string,
  purpose: CallPurpose,
  why: Why,
  { now }: HallView,
  { terminal, number }: PlannedWindow,
  { actor }: DecideContext,
): Decision {
  const body = { at: instantOf(now), terminal, window: number, clerk: actor, purpose, why };
  return { steps: [ticketStep(ticketId, 'ticket.called', body)], ticketId };
}
