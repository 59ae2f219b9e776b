import { z } from 'zod';
import { blankForm, blankWindow, voidReason } from './ops/blanks.ts';
import { blankSerial } from './ops/case.ts';

/**
 * What people do with blank certificates: `POST /office/v1/blanks`. Decided by the centre under its write lock, so that a
 * serial is in one place only, over all halls. Runs may reach over several packs; they move whole or not at all.
 */

const staffNumber = z.string().trim().min(1).max(40).describe('staff number of the second person');
const note = z.string().trim().max(200).default('');
const papers = z.int().min(0).max(99_999);

/** What each command carries; the RPC methods of the same names take these fields. */
export const blanksCommandFields = {
  receive: { form: blankForm, first: blankSerial, count: z.int().min(1).max(5000) },
  assign: { from: blankSerial, count: z.int().min(1).max(500), window: blankWindow },
  return: { from: blankSerial, count: z.int().min(1).max(500), witness: staffNumber, note },
  spoil: { serial: blankSerial, reason: voidReason, witness: staffNumber, note },
  restore: { serial: blankSerial, note: z.string().trim().min(1).max(200) },
  lost: { serial: blankSerial, witness: staffNumber, note: z.string().trim().min(1).max(200) },
  destroy: { from: blankSerial, count: z.int().min(1).max(500), witness: staffNumber, note },
  count: {
    window: blankWindow,
    day: z.iso.date(),
    form: blankForm,
    counted: papers.describe('clean blanks in the drawer'),
    papersCounted: papers.describe('spoiled papers of the day'),
    witness: staffNumber,
    note,
  },
  sign: { count: z.uuid(), note: z.string().trim().min(1).max(200).describe('what was found') },
} as const;

const command = <K extends keyof typeof blanksCommandFields>(kind: K) =>
  z.strictObject({ kind: z.literal(kind), ...blanksCommandFields[kind] });

export const blanksCommand = z.discriminatedUnion('kind', [
  command('receive'),
  command('assign'),
  command('return'),
  command('spoil'),
  command('restore'),
  command('lost'),
  command('destroy'),
  command('count'),
  command('sign'),
]);

export const blanksRequest = z.strictObject({
  /** Becomes the id of the first op: the same command twice is done once. */
  commandId: z.uuid(),
  /** Staff number; signed in at the terminal that asks. */
  actor: z.string().min(1).max(40),
  command: blanksCommand,
});

export const blanksAnswer = z.strictObject({ centreTime: z.iso.datetime() });

export type BlanksCommand = z.infer<typeof blanksCommand>;
export type BlanksRequest = z.infer<typeof blanksRequest>;
export type BlanksAnswer = z.infer<typeof blanksAnswer>;
