import type { AppointmentBodies } from '../appointment/types.ts';
import type { PreReviewBodies } from '../preReview/types.ts';
import type { StaffRole } from '../staff/roles.ts';
import type { QueueMode } from './candidates.ts';
import { currentCall, stepTicket, type TicketOp } from './reduceTicket.ts';
import type { TicketBodies, TicketCall, TicketRecord } from './ticketTypes.ts';
import type { HallView } from './view.ts';

/** Why a command is not done; each is a key of `ERRORS` in contract/errors.ts. */
export const QUEUE_REFUSALS = [
  'forbidden',
  'bad-input',
  'window-not-planned',
  'window-not-open',
  'window-busy',
  'nobody-called',
  'ticket-gone',
  'ticket-state',
  'ticket-called',
  'ticket-reserved',
  'not-your-ticket',
  'not-assigned-here',
  'already-arrived',
  'recall-too-early',
  'recall-too-often',
  'pass-too-early',
  'pickup-called-enough',
  'one-ticket-each',
  'issuing-stopped',
  'issuing-closed',
  'queue-not-served',
  'batch-not-enterprise',
  'appointment-gone',
  'ticket-numbers-used-up',
  'catch-up-times',
] as const;
export type QueueRefusal = (typeof QUEUE_REFUSALS)[number];

interface StepBodies
  extends TicketBodies,
    Pick<AppointmentBodies, 'appointment.exchanged'>,
    Pick<PreReviewBodies, 'prereview.sent-back'> {}

/** One op to be written: its kind, its stream (`ticket:<uuid>`) and its body. */
export type QueueStep = {
  [K in keyof StepBodies]: { kind: K; stream: string; body: StepBodies[K] };
}[keyof StepBodies];

/** What a command comes to. No steps and no ticket: there was nobody to call. */
export interface Decided {
  steps: QueueStep[];
  ticketId: string | null;
}

/** Nothing changes. `details` hold numbers of tickets and times, never a person. */
export interface Refused {
  refused: QueueRefusal;
  details: Record<string, unknown> | null;
}

export type Decision = Decided | Refused;

/** Who asks, from where, and what a decision cannot make by itself. */
export interface DecideContext {
  /** Such as `W03`, `K01`. */
  terminal: string;
  /** Staff number, or `kiosk`. */
  actor: string;
  roles: readonly StaffRole[];
  /** Of the terminal. */
  floor: number;
  mode: QueueMode;
  /** In an emergency: the last state of this window that reached the hub is not `closed`, so the hub keeps its tickets for it. */
  isKeptForUs: boolean;
  /** A uuid for a new ticket. */
  newId(): string;
  /**
   * The next number of a prefix, used up by asking; the prefix may be another (emergency prefix of a kiosk). Null: none left.
   */
  nextNumber(prefix: string): { prefix: string; number: number } | null;
}

export function refuse(refused: QueueRefusal, details: Refused['details'] = null): Refused {
  return { refused, details };
}

export function isRefused(decision: Decision): decision is Refused {
  return 'refused' in decision;
}

export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function ticketStep<K extends keyof TicketBodies>(ticketId: string, kind: K, body: TicketBodies[K]): QueueStep {
  return { kind, stream: `ticket:${ticketId}`, body } as QueueStep;
}

/** Of today, or null. */
export function ticketOfDay({ tickets, day }: HallView, id: string): TicketRecord | null {
  const ticket = tickets.get(id);
  return ticket && ticket.day === day ? ticket : null;
}

/** The call that lasts, when it is of this terminal; whoever may act for others may do so for any. */
export function callInHand(
  ticket: TicketRecord,
  { terminal, roles }: Pick<DecideContext, 'terminal' | 'roles'>,
  forOthers: readonly StaffRole[] = [],
): TicketCall | Refused {
  const current = currentCall(ticket);
  if (current === null) return refuse('nobody-called');
  if (current.terminal !== terminal && !roles.some((role) => forOthers.includes(role))) {
    return refuse('not-your-ticket', { terminal: current.terminal });
  }
  return current;
}

/**
 * The tickets as they are after the steps, or null when one is not legal: then nothing may be written.
 *
 * @returns the tickets that changed, by id
 */
export function ticketsAfter(
  tickets: ReadonlyMap<string, TicketRecord>,
  steps: readonly QueueStep[],
): Map<string, TicketRecord> | null {
  const changed = new Map<string, TicketRecord>();
  for (const { kind, stream, body } of steps) {
    if (!stream.startsWith('ticket:')) continue;
    const id = stream.slice('ticket:'.length);
    const next = stepTicket(changed.get(id) ?? tickets.get(id) ?? null, id, { kind, body } as TicketOp);
    if (next === null) return null;
    changed.set(id, next);
  }
  return changed;
}
