import { z } from 'zod';

/** What a booking system (WeChat, telephone) says to the hub, with a key of its own: domain.md §3.8. */

/** Rows in one request; a file may have more. */
export const APPOINTMENTS_MAX_ROWS = 500;

/** `POST /office/v1/appointments`. Each row as `appointment.booked` (contract/ops/visit.ts); one that is wrong is named. */
export const bookRequest = z.strictObject({
  /** Each row for itself: the sound ones are taken, and the wrong ones named in the answer. Default: all or none. */
  each: z.boolean().default(false),
  appointments: z.array(z.unknown()).min(1).max(APPOINTMENTS_MAX_ROWS),
});

export const ROW_PROBLEMS = [
  /** No JSON, or not of the form; `where` names the field. */
  'bad-row',
  /** Only of a table: `where` names the column. */
  'column-missing',
  /** The same code twice in what was sent. */
  'code-twice',
  /** Another appointment has this code. */
  'code-taken',
  'item-unknown',
  'day-past',
  /** A slot is one hour of its day. */
  'bad-slot',
  /** This person has one for the same item already. */
  'booked-already',
  /** Three times not come in 90 days: only numbers of the same day, for 30 days. */
  'no-shows',
] as const;

export const rowProblem = z.strictObject({
  /** Of the file, or place in the request, from 1. */
  line: z.int().min(1),
  problem: z.enum(ROW_PROBLEMS),
  /** Path of the field, without its value. */
  where: z.string().optional(),
});

/** Rows sent before, word for word, are `known` and change nothing. `rows`: those that were wrong, where each row stands for itself. */
export const bookAnswer = z.strictObject({
  booked: z.int(),
  known: z.int(),
  rows: z.array(rowProblem).optional(),
  centreTime: z.iso.datetime(),
});

/** 409, and nothing of the request was taken. */
export const bookRefusal = z.strictObject({
  code: z.literal('appointments-refused'),
  message: z.string(),
  rows: z.array(rowProblem),
});

/** `POST /office/v1/appointments/cancel`, until the slot starts. */
export const cancelRequest = z.strictObject({
  code: z.string().regex(/^\d{8}$/),
  reason: z.string().trim().min(1).max(200),
});
export const cancelAnswer = z.strictObject({ centreTime: z.iso.datetime() });

export type RowProblem = z.infer<typeof rowProblem>;
export type BookAnswer = z.infer<typeof bookAnswer>;
export type BookRefusal = z.infer<typeof bookRefusal>;
export type CancelRequest = z.infer<typeof cancelRequest>;
export type CancelAnswer = z.infer<typeof cancelAnswer>;
