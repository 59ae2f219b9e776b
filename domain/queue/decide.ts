import type { QueueCommand } from './commands.ts';
import { decideCall, decideNext } from './decideCall.ts';
import { decideCatchUp } from './decideCatchUp.ts';
import {
  decideArrive,
  decideFinish,
  decideHold,
  decidePass,
  decideRecall,
  decideSendBack,
  decideTransfer,
} from './decideInHand.ts';
import { decideTake } from './decideTake.ts';
import { decideDropPickup, decideRaise, decideReprint, decideVoid } from './decideTicket.ts';
import { type DecideContext, type Decision, isRefused, refuse, ticketOfDay, ticketsAfter } from './decision.ts';
import { mayDo } from './mayDo.ts';
import type { TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** Commands about tickets; the others are about plans, leases, alarms and work orders. */
export type TicketCommand = Extract<
  QueueCommand,
  {
    kind:
      | 'take'
      | 'next'
      | 'call'
      | 'recall'
      | 'arrive'
      | 'pass'
      | 'hold'
      | 'finish'
      | 'transfer'
      | 'void'
      | 'send-back'
      | 'reprint'
      | 'drop-pickup'
      | 'raise'
      | 'catch-up';
  }
>;

/**
 * What a command comes to, with all guards of domain.md §6.4: ops to be written together, or why not. The hub asks this
 * under its write lock; a window without the hub asks it about its own tickets. A command sent twice is known by its id
 * before this is asked.
 */
export function decide(command: TicketCommand, view: HallView, context: DecideContext): Decision {
  if (!mayDo(command.kind, context)) return refuse('forbidden');
  const decision = dispatch(command, view, context);
  if (isRefused(decision)) return decision;
  return ticketsAfter(view.tickets, decision.steps) === null ? refuse('ticket-state') : decision;
}

function dispatch(command: TicketCommand, view: HallView, context: DecideContext): Decision {
  switch (command.kind) {
    case 'take':
      return decideTake(command, view, context);
    case 'next':
      return decideNext(command, view, context);
    case 'catch-up':
      return decideCatchUp(command, view, context);
    default: {
      const ticket = ticketOfDay(view, command.ticketId);
      return ticket ? aboutTicket(command, ticket, view, context) : refuse('ticket-gone');
    }
  }
}

function aboutTicket(
  command: Exclude<TicketCommand, { kind: 'take' | 'next' | 'catch-up' }>,
  ticket: TicketRecord,
  view: HallView,
  context: DecideContext,
): Decision {
  switch (command.kind) {
    case 'call':
      return decideCall(command, ticket, view, context);
    case 'recall':
      return decideRecall(ticket, view, context);
    case 'arrive':
      return decideArrive(ticket, view, context);
    case 'pass':
      return decidePass(ticket, view, context);
    case 'hold':
      return decideHold(command, ticket, view, context);
    case 'finish':
      return decideFinish(ticket, view, context);
    case 'transfer':
      return decideTransfer(command, ticket, view, context);
    case 'send-back':
      return decideSendBack(command, ticket, view, context);
    case 'void':
      return decideVoid(command, ticket, view, context);
    case 'reprint':
      return decideReprint(ticket, view, context);
    case 'drop-pickup':
      return decideDropPickup(command, ticket, view, context);
    case 'raise':
      return decideRaise(command, ticket, view);
  }
}
