import { z } from 'zod';

/** When a case is due, reckoned anew at every call: it is not stored, and a later calendar may move it. */
export const caseTimes = z.strictObject({
  /** The promise: opening minutes or working days. */
  limit: z.union([z.strictObject({ minutes: z.int() }), z.strictObject({ workingDays: z.int() })]),
  dueAt: z.iso.datetime(),
  /** `dueAt` rests on days whose calendar is not published yet. */
  provisional: z.boolean(),
  /** The outer limit of the law. */
  statutoryDueAt: z.iso.datetime(),
  statutoryProvisional: z.boolean(),
  /** Years without a calendar that either of the two came across. */
  missingYears: z.array(z.int()),
});

export type CaseTimes = z.infer<typeof caseTimes>;
