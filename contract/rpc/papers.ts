import { z } from 'zod';
import { CASE_PAPER_KINDS, type CasePaperKind, PAPER_STAFF } from '../../domain/papers/ofCase/kinds.ts';
import { blankWindow } from '../ops/blanks.ts';
import { DESKS, type Method, nothing } from './method.ts';

const caseId = z.uuid();
const paper = z.enum(CASE_PAPER_KINDS as [CasePaperKind, ...CasePaperKind[]]);

/** A paper of a case, the register of blanks of one day (SL16), or the appointments of one (SL17). */
const paperTarget = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('case'), caseId, paper }),
  z.strictObject({
    of: z.literal('blanks'),
    day: z.iso.date(),
    purpose: z.enum(['take-out', 'void', 'return']),
    window: blankWindow.optional(),
  }),
  z.strictObject({ of: z.literal('appointments'), day: z.iso.date() }),
]);

const paperRow = z.strictObject({
  paper,
  /** `SL5`, or the code of the material. */
  code: z.string(),
  title: z.string(),
  /** How many are needed. */
  copies: z.int(),
  prints: z.int(),
  /** Of the last print; null before the first. */
  printedAt: z.iso.datetime().nullable(),
  /** A step that prints it was taken, and it has not come out since. */
  owed: z.boolean(),
});

const shared = { roles: DESKS, signedIn: true, staff: PAPER_STAFF, tier: 'local' } as const;
const input = z.strictObject({ target: paperTarget });

/** A4 papers (domain.md §3.7). Each has a role of its own; a paper of another desk is `forbidden`. */
export const papersMethods = {
  'papers.list': {
    doc: 'The papers a case can have now, of those the signed-in person handles, in the order in which a case meets them.',
    input: z.strictObject({ caseId }),
    output: z.strictObject({ rows: z.array(paperRow) }),
    ...shared,
    deadlineMs: 10_000,
  },
  'papers.preview': {
    doc: 'The paper as it was printed last, or will be printed first: one SVG document for each page, paths only.',
    input,
    output: z.strictObject({ title: z.string(), copies: z.int(), prints: z.int(), pages: z.array(z.string()) }),
    ...shared,
    deadlineMs: 20_000,
  },
  'papers.print': {
    doc: 'Prints on the office printer of this machine; from the second time on marked 重打. Recorded after the spooler took it; without a configured printer the dialog of the system asks which.',
    input,
    output: z.strictObject({ print: z.int(), confirmation: z.literal('sent') }),
    ...shared,
    // Somebody may stand before the system's dialog.
    deadlineMs: 300_000,
  },
  'papers.pdf': {
    doc: 'The same as a PDF in base64, marked as that print: for a browser, which prints by itself. Nothing is recorded; see `papers.printed`.',
    input,
    output: z.strictObject({ print: z.int(), name: z.string(), pdf: z.string() }),
    ...shared,
    deadlineMs: 20_000,
  },
  'papers.printed': {
    doc: 'Somebody saw the print of `papers.pdf` come out: records it. Refused when the paper was printed elsewhere meanwhile.',
    input: z.strictObject({ caseId, paper, print: z.int().min(1).max(999) }),
    output: nothing,
    ...shared,
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export type PaperTarget = z.infer<typeof paperTarget>;
export type PaperRow = z.infer<typeof paperRow>;
