import { z } from 'zod';
import type { QueueCommand } from '../domain/queue/commands.ts';
import { type TicketRecord, VOID_REASONS } from '../domain/queue/ticketTypes.ts';
import { hallPlan, issueStop } from './ops/hall.ts';
import { askedOfTicket, instant, queue, staffNumber, terminalId, ticketNumber, ticketPrefix } from './ops/ticket.ts';

/** Commands to the queue desk of the hub: `POST /office/v1/queue`. Decided one after the other, made into ops there. */

const ticketId = z.uuid();
const reason = z.string().trim().min(1).max(200);
const note = z.string().max(500);
const purpose = z.enum(['intake', 'pickup']);

export const takeTicket = z.strictObject({
  kind: z.literal('take'),
  ...askedOfTicket,
});

export const catchUpRow = z.strictObject({
  number: ticketNumber,
  queue,
  takenAt: instant,
  calledAt: instant.nullable(),
  finishedAt: instant.nullable(),
});

export const queueCommand = z.discriminatedUnion('kind', [
  takeTicket,
  z.strictObject({ kind: z.literal('next'), purpose: purpose.optional() }),
  z.strictObject({ kind: z.literal('call'), ticketId, purpose }),
  z.strictObject({ kind: z.literal('recall'), ticketId }),
  z.strictObject({ kind: z.literal('arrive'), ticketId }),
  z.strictObject({ kind: z.literal('pass'), ticketId }),
  z.strictObject({ kind: z.literal('hold'), ticketId, reason }),
  z.strictObject({ kind: z.literal('finish'), ticketId }),
  z.strictObject({ kind: z.literal('transfer'), ticketId, queue, to: terminalId.nullable(), reason }),
  z.strictObject({ kind: z.literal('void'), ticketId, reason: z.enum(VOID_REASONS), note }),
  z.strictObject({ kind: z.literal('send-back'), ticketId, reason }),
  z.strictObject({ kind: z.literal('reprint'), ticketId }),
  z.strictObject({ kind: z.literal('drop-pickup'), ticketId, caseId: z.uuid() }),
  z.strictObject({ kind: z.literal('raise'), ticketId, reason }),
  z.strictObject({ kind: z.literal('plan'), plan: hallPlan }),
  z.strictObject({
    kind: z.literal('issue'),
    queue: z.union([queue, z.literal('all')]),
    stop: issueStop.nullable(),
  }),
  z.strictObject({ kind: z.literal('release'), terminal: terminalId, reason }),
  z.strictObject({ kind: z.literal('acknowledge'), alarm: z.string().min(1).max(80), note }),
  z.strictObject({ kind: z.literal('contact'), workOrder: z.uuid(), note }),
  z.strictObject({
    kind: z.literal('settle'),
    workOrder: z.uuid(),
    result: z.enum(['fixed', 'explained', 'unreachable']),
    note,
  }),
  z.strictObject({ kind: z.literal('cancel-appointment'), appointment: z.uuid(), reason }),
  z.strictObject({ kind: z.literal('miss-appointment'), appointment: z.uuid() }),
  z.strictObject({ kind: z.literal('catch-up'), rows: z.array(catchUpRow).min(1).max(100) }),
  z.strictObject({
    kind: z.literal('lease'),
    prefixes: z.array(ticketPrefix).min(1).max(12),
    day: z.iso.date(),
    epoch: z.int().min(1),
  }),
]) satisfies z.ZodType<QueueCommand>;

export const queueRequest = z.strictObject({
  /** Becomes the id of its first op: the same command twice is done once, and answers the same. */
  commandId: z.uuid(),
  /** Staff number; `kiosk` at a self-service machine, where only `take` and `lease` are done. */
  actor: staffNumber,
  command: queueCommand,
});

export const ticketRecord = z
  .custom<TicketRecord>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'TicketRecord' });

export const queueAnswer = z.strictObject({
  /** The ticket as the command left it; null when there was nobody to call, or the command is about none. */
  ticket: ticketRecord.nullable(),
  /** Streams that changed, for a terminal that wants to know before its next pull. */
  changed: z.array(z.string()).max(200),
  centreTime: z.iso.datetime(),
});

/**
 * `POST /office/v1/queue/presence`: a terminal says every two seconds that it is there. `unsent`: what it has decided by
 * itself and not sent yet, at least 1 while it goes on without the hub.
 */
export const presenceRequest = z.strictObject({ unsent: z.int().min(0) });
export const presenceAnswer = z.strictObject({ centreTime: z.iso.datetime() });

export type QueueRequest = z.infer<typeof queueRequest>;
export type QueueAnswer = z.infer<typeof queueAnswer>;
export type PresenceRequest = z.infer<typeof presenceRequest>;
export type PresenceAnswer = z.infer<typeof presenceAnswer>;
