import { z } from 'zod';
import { CASE_STATES, type CaseState } from '../../domain/case/states.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { caseTimes } from '../caseTimes.ts';
import { caseNote } from '../ops/case.ts';
import { acceptanceDraft } from '../ops.ts';
import { CASE_STAFF, DESKS, FRONT_STAFF, type Method, nothing, WINDOW } from './method.ts';

export const caseSummary = z.strictObject({
  id: z.string(),
  number: z.string(),
  itemCode: z.string(),
  itemName: z.string(),
  state: z.string(),
  stateCode: z.enum(CASE_STATES as [CaseState, ...CaseState[]]),
  holder: z.string(),
  idMasked: z.string(),
  location: z.string(),
  window: z.string(),
  clerk: z.string(),
  acceptedAt: z.iso.datetime(),
  /** Null for an item that the catalogue here does not know. */
  times: caseTimes.nullable(),
  /** Where the newest op of the case is. */
  place: z.enum(['here', 'hall', 'centre', 'rejected']),
  printed: z.int(),
  /** What the registration gave rise to; the blank is null until it is printed. */
  certificates: z.array(z.strictObject({ number: z.string(), blank: z.string().nullable() })),
});

export const caseFile = z
  .custom<CaseFile>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'CaseFile' });

/** By which the form was filled in. A form under way keeps its catalogue when a newer one comes. */
export const formVersion = z
  .string()
  .max(20)
  .optional()
  .describe('of the catalogue by which the form was filled in; the one in force by default');

const noteEntry = z.strictObject({
  kind: caseNote.shape.kind,
  text: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
});

const linkedCase = z.strictObject({
  id: z.string(),
  number: z.string(),
  itemName: z.string(),
  state: z.string(),
  /** It stands in the register: the loan may be paid out. */
  booked: z.boolean(),
});

/** Accepting, finding and reading cases, and the form before that. */
export const caseMethods = {
  'draft.save': {
    doc: 'Keeps the unfinished form of this terminal, so that Esc, a crash or a power cut never loses typed data. Not an op.',
    input: z.strictObject({ draft: z.record(z.string(), z.unknown()).nullable() }),
    output: nothing,
    roles: WINDOW,
    signedIn: true,
    staff: FRONT_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'draft.load': {
    doc: 'The kept form, or null.',
    input: nothing,
    output: z.strictObject({ draft: z.record(z.string(), z.unknown()).nullable() }),
    roles: WINDOW,
    signedIn: true,
    staff: FRONT_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'case.accept': {
    doc: 'Accepts a case (T11): one durable transaction that consumes the 受理编号. The same `commandId` always gives the same case.',
    input: z.strictObject({ commandId: z.uuid(), draft: acceptanceDraft, catalogueVersion: formVersion }),
    output: caseFile,
    roles: WINDOW,
    signedIn: true,
    staff: ['WIN'],
    tier: 'local-then-centre',
    deadlineMs: 15_000,
  },
  'case.get': {
    doc: 'One case by its id or its 受理编号.',
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    output: z.strictObject({
      record: caseFile,
      summary: caseSummary,
      notes: z.array(noteEntry),
      linked: z.array(linkedCase).describe('of a loan of the provident fund: the registrations accepted for it'),
    }),
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'case.search': {
    doc: 'Finds by name, identity number, 受理编号, address, unit number, certificate number (whole, or its last digits) or blank serial; an empty text lists the newest. Hits are counted to 1,000.',
    input: z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(200).default(50) }),
    output: z.strictObject({ rows: z.array(caseSummary), total: z.int() }),
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
