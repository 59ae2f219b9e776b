import { z } from 'zod';
import type { PauseKind } from '../domain/clock/pauses.ts';
import { greenChannel } from './ops/greenChannel.ts';

const limit = z.union([
  z.strictObject({ minutes: z.int() }),
  z.strictObject({ workingDays: z.int() }),
  z.strictObject({ days: z.int().describe('calendar days') }),
]);

/**
 * When a case is due, reckoned anew at every call: it is not stored, and a later calendar may move it. While a pause
 * lasts, `dueAt` is the earliest time possible as of the call.
 */
export const caseTimes = z.strictObject({
  /** The promise: opening minutes or working days. */
  limit,
  dueAt: z.iso.datetime(),
  /** `dueAt` rests on days whose calendar is not published yet. */
  provisional: z.boolean(),
  /** The outer limit of the law; null where it sets none. */
  statutory: z.strictObject({ limit }).nullable(),
  statutoryDueAt: z.iso.datetime().nullable(),
  statutoryProvisional: z.boolean(),
  /** Taken in by the green channel: the end of its own day. */
  green: z.strictObject({ ...greenChannel.shape, dueAt: z.iso.datetime(), provisional: z.boolean() }).nullable(),
  /** Years without a calendar that any of them came across. */
  missingYears: z.array(z.int()),
  /** What holds the clocks, or held them; `to` is null while it lasts. */
  pauses: z.array(
    z.strictObject({
      kind: z.enum(['P1', 'P2', 'P3', 'P4', 'P5'] satisfies PauseKind[]),
      from: z.iso.datetime(),
      to: z.iso.datetime().nullable(),
      by: z.string(),
      reason: z.string(),
      proof: z.string().optional(),
    }),
  ),
  /** The clocks stand since then; null while they run. */
  endedAt: z.iso.datetime().nullable(),
  /** Of a provident-fund loan and of its mortgage: the clock of both together; null before it has begun. */
  linked: z
    .strictObject({
      number: z.string(),
      startedAt: z.iso.datetime(),
      limit,
      dueAt: z.iso.datetime(),
      provisional: z.boolean(),
      missingYears: z.array(z.int()),
    })
    .nullable(),
});

export type CaseTimes = z.infer<typeof caseTimes>;
