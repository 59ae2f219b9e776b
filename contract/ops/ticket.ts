import { z } from 'zod';
import { LAST_FLOOR, LAST_WINDOW, TICKET_PATTERN } from '../../domain/announcement/announcement.ts';
import {
  PICKUP_STATES,
  QUEUES,
  RETURNS,
  TICKET_CLASSES,
  TICKET_SOURCES,
  TICKET_STATES,
  VOID_REASONS,
  WHY_RULES,
} from '../../domain/queue/ticketTypes.ts';
import { ITEM_CODE } from './codes.ts';

/** Bodies of a ticket (domain/queue/ticketTypes.ts). */

export const instant = z.iso.datetime({ precision: 3 });
export const terminalId = z.string().regex(/^([A-Z]\d{2}|HUB)$/, 'expected a letter and two digits, such as W07');
export const staffNumber = z.string().min(1).max(40);
export const ticketNumber = z.string().regex(TICKET_PATTERN, 'expected a ticket number such as A015');
export const ticketPrefix = z.string().regex(/^[A-Z]{1,2}$/);
export const floor = z.int().min(1).max(LAST_FLOOR);
export const windowNumber = z.int().min(1).max(LAST_WINDOW);
export const queue = z.enum(QUEUES);
export const ticketClass = z.enum(TICKET_CLASSES);
const reason = z.string().trim().min(1).max(200);
const milliseconds = z.int().min(0);
const inRow = z.int().min(0);

export const slot = z.strictObject({ from: instant, to: instant });

export const why = z.strictObject({
  rule: z.enum(WHY_RULES),
  waitedMs: milliseconds,
  compared: z
    .array(
      z.strictObject({
        number: ticketNumber,
        class: ticketClass,
        waitedMs: milliseconds,
        rule: z.enum(WHY_RULES).optional(),
        queue: queue.optional(),
      }),
    )
    .max(5),
  eligible: z.int().min(0),
  prioritiesInRow: inRow,
  pickupsInRow: inRow.optional(),
  returnsInRow: inRow.optional(),
  lane: z.enum(WHY_RULES).optional(),
  plan: z.int().min(0),
});

/** What whoever takes a number asks for; the rest is given with it. */
export const askedOfTicket = {
  queue,
  class: ticketClass,
  itemCode: z.string().regex(ITEM_CODE).nullable(),
  person: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  elder: z.boolean(),
  batch: z.int().min(1).max(50),
  preReview: z.uuid().nullable(),
  appointment: z.uuid().nullable(),
  backFor: z.uuid().nullable(),
  pinned: terminalId.nullable(),
  source: z.enum(TICKET_SOURCES),
};

const atWindow = { at: instant, terminal: terminalId };
const ofCase = { caseId: z.uuid(), at: instant };

const asTaken = {
  number: ticketNumber,
  prefix: ticketPrefix,
  day: z.iso.date(),
  ...askedOfTicket,
  floor,
  takenAt: instant,
  issuer: terminalId,
  fallback: terminalId.nullable(),
  slot: slot.nullable(),
};
const asCalled = {
  ...atWindow,
  window: windowNumber,
  clerk: staffNumber,
  purpose: z.enum(['intake', 'pickup']),
  why,
};

/** A ticket as it stands, without what the stream says of it. */
const standing = z.strictObject({
  ...asTaken,
  state: z.enum(TICKET_STATES),
  returned: z.strictObject({ how: z.enum(RETURNS), at: instant }).nullable(),
  orderAt: instant,
  passes: z.int().min(0),
  heldUntil: instant.nullable(),
  heldBy: terminalId.nullable(),
  calls: z.array(
    z.strictObject({
      ...asCalled,
      times: z.int().min(1),
      recalledAt: instant.nullable(),
      arrivedAt: instant.nullable(),
      ended: z
        .strictObject({ at: instant, how: z.enum(['finished', 'passed', 'held', 'transferred', 'voided']) })
        .nullable(),
    }),
  ),
  cases: z.array(z.uuid()),
  pickup: z
    .strictObject({
      state: z.enum(PICKUP_STATES),
      raisedAt: instant,
      terminal: terminalId,
      cases: z.array(z.uuid()),
      missed: z.int().min(0),
    })
    .nullable(),
  reprints: z.int().min(0),
  voidReason: z.enum(VOID_REASONS).nullable(),
  doubts: z.array(reason),
});

export const ticketBodies = {
  'ticket.taken': z.strictObject(asTaken),
  'ticket.called': z.strictObject(asCalled),
  'ticket.recalled': z.strictObject(atWindow),
  'ticket.arrived': z.strictObject(atWindow),
  'ticket.passed': z.strictObject({
    ...atWindow,
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('requeued'), orderAt: instant }),
      z.strictObject({ kind: z.literal('voided') }),
    ]),
  }),
  'ticket.held': z.strictObject({ ...atWindow, until: instant, reason }),
  'ticket.resumed': z.strictObject(atWindow),
  'ticket.transferred': z.strictObject({ ...atWindow, queue, floor, pinned: terminalId.nullable(), reason }),
  'ticket.finished': z.strictObject(atWindow),
  'ticket.voided': z.strictObject({ ...atWindow, reason: z.enum(VOID_REASONS), note: z.string().max(200) }),
  'ticket.raised': z.strictObject({ at: instant, reason }),
  'ticket.reprinted': z.strictObject(atWindow),
  'ticket.bound': z.strictObject(ofCase),
  'ticket.pickup-raised': z.strictObject({ ...ofCase, terminal: terminalId }),
  'ticket.pickup-dropped': z.strictObject(ofCase),
  'ticket.doubted': z.strictObject({ at: instant, doubt: reason }),
  'ticket.reconciled': z.strictObject({ at: instant, version: z.int().min(1), ticket: standing }),
} as const;
