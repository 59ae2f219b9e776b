import { z } from 'zod';
import type { QueuePolicy, WindowRecord } from '../../domain/queue/hallTypes.ts';
import { keyAction } from '../config/hall.ts';
import { instant, queue, terminalId, ticketClass, ticketNumber } from '../ops/ticket.ts';
import { catchUpRow, ticketRecord } from '../queue.ts';
import type { TerminalRole } from '../roles.ts';
import { type Method, nothing, WINDOW } from './method.ts';
import { ratingAsked } from './rating.ts';

const commandId = z.uuid();
const ticketId = z.uuid();
const reason = z.string().trim().min(1).max(200);
const SEES_QUEUE: readonly TerminalRole[] = ['window', 'supervisor', 'prereview'];

/** Who decides about calls now (design.md §6). */
export const queueMode = z.enum(['hub', 'emergency', 'none']);

/** People who wait for one class of one queue at this window's queues. */
export const queueCount = z.strictObject({
  queue,
  class: ticketClass,
  waiting: z.int(),
  longestMs: z.int(),
  /** Honest range of the wait of somebody who takes a number now, ms; null while nothing can be said. */
  estimate: z.strictObject({ fromMs: z.int(), toMs: z.int() }).nullable(),
});

export const queueState = z.strictObject({
  /** `none`: this machine has no window in the plan, or no queue. */
  mode: queueMode,
  /** Since when the hub is away; null while it answers. */
  hubAwaySince: instant.nullable(),
  window: z
    .custom<WindowRecord>((value) => typeof value === 'object' && value !== null)
    .meta({ title: 'WindowRecord' })
    .nullable(),
  /** The number over this window; null when it is none of the plan's. */
  number: z.int().nullable(),
  /** In hand: called or at the window. */
  current: ticketRecord.nullable(),
  counts: z.array(queueCount),
  /** Who would be called next, at most three. */
  next: z.array(z.strictObject({ number: ticketNumber, class: ticketClass, purpose: z.enum(['intake', 'pickup']) })),
  held: z.array(ticketRecord),
  /** To be called a second time at this window, or called in vain. */
  pickups: z.array(ticketRecord),
  /** Passed today at this window, newest first. */
  passed: z.array(ticketRecord),
  /** Called here too while two hubs were apart, and another window's now; until this window calls again. */
  overtaken: z.strictObject({ number: ticketNumber, window: z.int() }).nullable(),
  policy: z.custom<QueuePolicy>((value) => typeof value === 'object' && value !== null).meta({ title: 'QueuePolicy' }),
  /** The rating offered after the last service, until it is answered or its time is over; never the mark. */
  rating: ratingAsked.nullable(),
  /** Windows somebody can be sent to. */
  windows: z.array(
    z.strictObject({
      terminal: terminalId,
      number: z.int(),
      floor: z.int(),
      queues: z.array(queue),
      state: z.enum(['open', 'paused', 'closed']),
    }),
  ),
});

const answered = z.strictObject({ ticket: ticketRecord.nullable() });

/** A row for a command about one ticket. */
function command<I extends z.ZodRawShape>(doc: string, input: I) {
  return {
    doc,
    input: z.strictObject({ commandId, ...input }),
    output: answered,
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local-then-centre',
    deadlineMs: 10_000,
  } as const satisfies Method;
}

export const queueMethods = {
  'queue.state': {
    doc: 'The queue as this terminal sees it.',
    input: nothing,
    output: queueState,
    roles: SEES_QUEUE,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'queue.callNext': command(
    'Calls whose turn it is; null when nobody waits. Without the hub: only tickets assigned to this window.',
    { purpose: z.enum(['intake', 'pickup']).optional() },
  ),
  'queue.recall': command('Calls the one in hand again: after 15 s, three calls in all.', { ticketId }),
  'queue.arrive': command('The one in hand is at the window.', { ticketId }),
  'queue.noShow': command('Did not come (过号); what follows is a rule of the hall.', { ticketId }),
  'queue.hold': command('Sets the one in hand aside for up to 30 minutes; the place is kept.', { ticketId, reason }),
  'queue.callBack': command('Calls one of those set aside, or a pickup, again.', {
    ticketId,
    purpose: z.enum(['intake', 'pickup']).default('intake'),
  }),
  'queue.transfer': command('Sends the one in hand to another queue or window; the time of the ticket is kept.', {
    ticketId,
    queue,
    to: terminalId.nullable(),
    reason,
  }),
  'queue.finish': command('The one in hand is done; rating is offered.', { ticketId }),
  'queue.sendBack': command('T10: back to pre-review, with what is missing.', { ticketId, reason }),
  'queue.void': command('Ends the ticket in hand without serving it.', {
    ticketId,
    reason: z.enum(['cancelled', 'mistake']),
    note: z.string().max(200),
  }),
  'queue.dropPickup': command('Somebody will not collect here: courier, or another day.', {
    ticketId,
    caseId: z.uuid(),
  }),
  'queue.pause': {
    ...command('Pauses this window with a reason, or opens it again (null).', { reason: reason.nullable() }),
    output: nothing,
  },
  'queue.catchUp': {
    ...command('Enters what was torn from the paper roll while nothing worked.', {
      rows: z.array(catchUpRow).min(1).max(100),
    }),
    output: z.strictObject({ doubted: z.array(ticketNumber) }),
  },
} as const satisfies Record<string, Method>;

export const queueEvents = {
  /** Tickets, windows or the plan changed; pages ask again. */
  'queue.changed': { topic: 'queue', payload: z.strictObject({}) },
  /** A key of the keypad asked for what is not possible now. */
  'queue.refused': {
    topic: 'queue',
    payload: z.strictObject({ action: keyAction, code: z.string(), message: z.string() }),
  },
} as const;
