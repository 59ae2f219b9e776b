import { z } from 'zod';
import { type BlankBodies, type CountBodies, PACK_MAX } from '../../domain/blanks/types.ts';
import { blankSerial, printedThrough, VOID_REASONS } from './case.ts';

/** Bodies of the ops of blank certificates (domain/blanks/types.ts). Only the centre makes them. */

const staffNumber = z.string().min(1).max(40);
const note = z.string().trim().max(200);
const run = z.int().min(1).max(PACK_MAX);
const papers = z.int().min(0).max(99_999);

export const blankForm = z.enum(['certificate', 'proof']);
export const blankWindow = z.string().regex(/^[A-Z]\d{2}$/);
export const voidReason = z.enum(VOID_REASONS);

export const blankBodies = {
  'blanks.received': z.strictObject({ form: blankForm, first: blankSerial, count: run }),
  'blanks.assigned': z.strictObject({ from: blankSerial, count: run, window: blankWindow }),
  'blanks.returned': z.strictObject({ from: blankSerial, count: run, witness: staffNumber, note }),
  'blanks.bound': z.strictObject({
    serial: blankSerial,
    caseId: z.uuid(),
    certificate: z.string().min(1).max(60),
    through: printedThrough.optional(),
  }),
  'blanks.spoiled': z.strictObject({ serial: blankSerial, reason: voidReason, witness: staffNumber, note }),
  'blanks.restored': z.strictObject({ serial: blankSerial, note }),
  'blanks.lost': z.strictObject({ serial: blankSerial, witness: staffNumber, note }),
  'blanks.destroyed': z.strictObject({ from: blankSerial, count: run, witness: staffNumber, note }),
  'count.closed': z.strictObject({
    window: blankWindow,
    day: z.iso.date(),
    form: blankForm,
    counted: papers,
    expected: z.int(),
    difference: z.int(),
    papersCounted: papers,
    papersExpected: z.int(),
    sheets: papers.optional(),
    sheetsExpected: papers.optional(),
    witness: staffNumber,
    note,
  }),
  'count.signed': z.strictObject({ note }),
} satisfies { [K in keyof (BlankBodies & CountBodies)]: z.ZodType<(BlankBodies & CountBodies)[K]> };
