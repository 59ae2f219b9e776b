import { z } from 'zod';
import { LANES } from '../domain/case/lanes.ts';
import { TRANSITIONS, type TransitionActor } from '../domain/case/transitions.ts';
import { ERRORS } from './errors.ts';
import { advanceOf, caseTaken, laneChange } from './ops/case.ts';
import { returnNote } from './ops/returned.ts';

/**
 * Acts on a case that the centre owns: `POST /office/v1/act`. The centre decides them one after the other, so two clerks
 * who press at once get one yes and one no, and makes the op itself; it comes back by pull like any other row.
 */

/** The centre gives the certificate numbers (domain.md §4.6): whoever books only says what is to be made out to whom. */
const booking = z.strictObject({
  transition: z.literal('T27'),
  data: z.strictObject({
    certificates: z
      .array(
        z.strictObject({
          kind: z.enum(['certificate', 'proof']),
          holders: z.array(z.string().min(1).max(200)).min(1).max(50),
        }),
      )
      .max(50),
  }),
});

/** What a person may ask for after acceptance; what the centre does by itself (T14, T19, T25, T26, T38) is not here. */
export const officeAdvance = z.discriminatedUnion('transition', [
  booking,
  advanceOf('T11'),
  advanceOf('T12'),
  advanceOf('T15'),
  advanceOf('T16'),
  advanceOf('T17'),
  advanceOf('T18'),
  advanceOf('T20'),
  advanceOf('T21'),
  advanceOf('T22'),
  advanceOf('T23'),
  advanceOf('T24'),
  advanceOf('T28'),
  advanceOf('T29'),
  advanceOf('T30'),
  advanceOf('T31'),
  advanceOf('T32'),
  advanceOf('T33'),
  advanceOf('T34'),
  advanceOf('T35'),
  advanceOf('T36'),
  advanceOf('T37'),
  advanceOf('T39'),
  advanceOf('T40'),
  advanceOf('T41'),
  advanceOf('T45'),
]);

export const officeChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('advance'), advance: officeAdvance }),
  z.strictObject({ kind: z.literal('lane'), change: laneChange }),
  z.strictObject({ kind: z.literal('take'), take: caseTaken }),
]);

export const officeRequest = z.strictObject({
  /** Becomes the op's id: the same command twice is done once. */
  commandId: z.uuid(),
  /** Staff number; signed in at the terminal that asks. */
  actor: z.string().min(1).max(40),
  caseId: z.uuid(),
  /** The version the person looked at. */
  baseVersion: z.int().min(1),
  change: officeChange,
  /** A step that came back and is taken again by this: decided with it, in one transaction (domain/returned). */
  settles: z.strictObject({ returned: z.uuid(), note: returnNote }).optional(),
});

export const officeAnswer = z.strictObject({
  /** Of the case after the command and what followed from it. */
  version: z.int().min(1),
  state: z.string(),
  centreTime: z.iso.datetime(),
});

const errorCodes = Object.keys(ERRORS) as [keyof typeof ERRORS, ...(keyof typeof ERRORS)[]];

/** HTTP 409 and 403: a refusal for the person who asked; nothing was changed. */
export const officeRefusal = z.strictObject({ code: z.enum(errorCodes), message: z.string() });

/** Who may ask for it (domain.md §3.1, §3.4): a step by the table, a task by its lane, a take-over by a supervisor. */
export function actorsOf(change: OfficeChange): readonly TransitionActor[] {
  if (change.kind === 'take') return ['SUP'];
  return change.kind === 'lane' ? [LANES[change.change.lane].role] : TRANSITIONS[change.advance.transition].who;
}

export type OfficeAdvance = z.infer<typeof officeAdvance>;
export type OfficeChange = z.infer<typeof officeChange>;
export type OfficeRequest = z.infer<typeof officeRequest>;
export type OfficeAnswer = z.infer<typeof officeAnswer>;
