import { z } from 'zod';
import { BLANK_MOVES } from '../../domain/blanks/moves.ts';
import { BLANK_STATES, type BlankOpKind, type BlankState } from '../../domain/blanks/types.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { blanksCommandFields } from '../blanks.ts';
import { blankForm, blankWindow, voidReason } from '../ops/blanks.ts';
import { blankSerial, printedThrough } from '../ops/case.ts';
import { DESKS, type Method, nothing } from './method.ts';

const READERS: readonly StaffRole[] = ['WIN', 'PRT', 'QC', 'SUP'];
const COUNTERS: readonly StaffRole[] = ['WIN', 'PRT', 'SUP'];

const state = z.enum(Object.keys(BLANK_STATES) as [BlankState, ...BlankState[]]);
const instant = z.iso.datetime();
const day = z.iso.date();

export const blankRow = z.strictObject({
  serial: blankSerial,
  form: blankForm,
  state,
  /** The window that has it, or had it last; null while it has never left the store. */
  window: z.string().nullable(),
  since: instant,
  caseId: z.string().nullable(),
  caseNumber: z.string().nullable(),
  certificate: z.string().nullable(),
});

const kind = z.enum(Object.keys(BLANK_MOVES) as [BlankOpKind, ...BlankOpKind[]]);

/** A line of the stock book; `from` and `to` are PROVINCE, STORE, CASE, VOID, LOST, DESTROYED or a window. */
export const blankLine = z.strictObject({
  kind,
  form: blankForm,
  first: blankSerial,
  last: blankSerial,
  count: z.int().min(1),
  from: z.string(),
  to: z.string(),
  at: instant,
  by: z.string(),
  witness: z.string().nullable(),
  reason: voidReason.nullable(),
  note: z.string(),
  caseId: z.string().nullable(),
  certificate: z.string().nullable(),
  /** Bound for a printer with a journal; null: by hand, or no print at all. */
  through: printedThrough.nullable(),
});

/** What the case that used a blank says of it. */
const blankCaseEvent = z.strictObject({
  kind: z.enum(['printed', 'issued', 'spoiled']),
  at: instant,
  by: z.string(),
  witness: z.string().nullable(),
  reason: voidReason.nullable(),
  note: z.string(),
});

export const blankCount = z.strictObject({
  id: z.string(),
  window: z.string(),
  day,
  form: blankForm,
  counted: z.int(),
  expected: z.int(),
  difference: z.int(),
  papersCounted: z.int(),
  papersExpected: z.int(),
  /** Sheets through the printer: by its journal, and by the stock book. */
  sheets: z.int(),
  sheetsExpected: z.int(),
  by: z.string(),
  witness: z.string(),
  at: instant,
  note: z.string(),
  signed: z.strictObject({ by: z.string(), at: instant, note: z.string() }).nullable(),
  /** Nothing missing and nothing over, or signed. */
  settled: z.boolean(),
});

const drawer = z.strictObject({
  window: z.string(),
  form: blankForm,
  /** opening + received − printed − voided − returned − lost = closing */
  opening: z.int(),
  received: z.int(),
  printed: z.int(),
  voided: z.int(),
  returned: z.int(),
  lost: z.int(),
  closing: z.int(),
  /** Spoiled papers to be counted with the rest. */
  papers: z.int(),
  /** The third side of the count: how the prints of the day came about, and what the printer’s journal says of them. */
  sheets: z.strictObject({
    /** Bound for the printer, by the stock book; those of a print by hand. */
    bound: z.int(),
    byHand: z.int(),
    /** By the journal: found good, void, and still to be answered for. */
    confirmed: z.int(),
    spoiled: z.int(),
    open: z.int(),
  }),
  count: blankCount.nullable(),
});

const command = <K extends keyof typeof blanksCommandFields>(name: K, doc: string, staff: readonly StaffRole[]) =>
  ({
    doc,
    input: z.strictObject({ commandId: z.uuid(), ...blanksCommandFields[name] }),
    output: nothing,
    roles: DESKS,
    signedIn: true,
    staff,
    tier: 'online',
    deadlineMs: 30_000,
  }) as const;

const reading = { roles: DESKS, signedIn: true, staff: READERS, tier: 'local', deadlineMs: 10_000 } as const;

/** Custody of blank certificates (domain.md §4.11). Every move is decided by the centre. */
export const blanksMethods = {
  'blanks.receive': command(
    'receive',
    'Books a delivery into the store, in packs of 100. Every serial once for ever, over all halls.',
    BLANK_MOVES['blanks.received'].who,
  ),
  'blanks.assign': command(
    'assign',
    'Gives a run of blanks to a window, usually fifty.',
    BLANK_MOVES['blanks.assigned'].who,
  ),
  'blanks.return': command(
    'return',
    'Gives a run back to the store, with a second person.',
    BLANK_MOVES['blanks.returned'].who,
  ),
  'blanks.spoil': command(
    'spoil',
    'Voids a blank that is not bound to a case, with a reason and a second person. A bound one is voided by T30 or T32 on its case.',
    BLANK_MOVES['blanks.spoiled'].who,
  ),
  'blanks.restore': command(
    'restore',
    'Takes a void back, on the same day only; the history keeps both.',
    BLANK_MOVES['blanks.restored'].who,
  ),
  'blanks.lost': command('lost', 'Records a blank as lost, with a second person.', BLANK_MOVES['blanks.lost'].who),
  'blanks.destroy': command(
    'destroy',
    'Records the destruction of void, lost or unused blanks, with a second person.',
    BLANK_MOVES['blanks.destroyed'].who,
  ),
  'blanks.count': command(
    'count',
    'The count at the end of the day. What does not fit keeps the window from printing on the next day until a supervisor signs.',
    COUNTERS,
  ),
  'blanks.sign': command('sign', 'Signs a count that does not fit; not by those who counted.', ['SUP']),
  'blanks.balance': {
    doc: 'The day of every drawer, what the store holds, the lines of the book of that day, and the counts to be signed.',
    input: z.strictObject({ day, window: blankWindow.optional() }),
    output: z.strictObject({
      drawers: z.array(drawer),
      store: z.array(z.strictObject({ form: blankForm, count: z.int() })),
      lines: z.array(blankLine),
      toSign: z.array(blankCount),
    }),
    ...reading,
  },
  'blanks.list': {
    doc: 'Blanks of a window or in a state, in order of their serials. Void ones come with their reason.',
    input: z.strictObject({
      window: blankWindow.optional(),
      state: state.optional(),
      limit: z.int().min(1).max(1000).default(500),
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          ...blankRow.shape,
          void: blankCaseEvent.omit({ kind: true }).nullable().describe('how it was spoiled; null for any other state'),
        }),
      ),
    }),
    ...reading,
  },
  'blanks.find': {
    doc: 'One blank and its whole history; null for a serial that was never received.',
    input: z.strictObject({ serial: blankSerial }),
    output: z.strictObject({
      blank: blankRow.nullable(),
      lines: z.array(blankLine),
      caseEvents: z.array(blankCaseEvent),
    }),
    ...reading,
  },
  'blanks.next': {
    doc: 'The blank on top of a window’s drawer, how many are left, and the earlier day that keeps it from printing.',
    input: z.strictObject({ window: blankWindow, form: blankForm }),
    output: z.strictObject({
      serial: blankSerial.nullable(),
      remaining: z.int(),
      openDay: z
        .strictObject({ day, awaits: z.enum(['count', 'signature']) })
        .nullable()
        .describe('to be counted, or signed by a supervisor, before the next print'),
    }),
    ...reading,
  },
} as const satisfies Record<string, Method>;

export type BlankCount = z.infer<typeof blankCount>;
export type BlankDrawer = z.infer<typeof drawer>;
