import { z } from 'zod';
import { PRE_REVIEW_NUMBER } from '../../domain/preReview/number.ts';
import { PRE_REVIEW_STATES } from '../../domain/preReview/types.ts';
import { condition, ITEM_CODE, MATERIAL_CODE } from '../ops/codes.ts';
import { party, projectKind, property } from '../ops/party.ts';
import { instant, queue, ticketClass, ticketNumber } from '../ops/ticket.ts';
import type { TerminalRole } from '../roles.ts';
import type { Method } from './method.ts';
import { nothing } from './method.ts';

const PREREVIEW: readonly TerminalRole[] = ['prereview'];
const itemCode = z.string().regex(ITEM_CODE);
const materialCode = z.string().regex(MATERIAL_CODE);
const failure = z.strictObject({ code: z.string(), message: z.string() });

export const preReviewNumber = z.string().regex(PRE_REVIEW_NUMBER, 'expected Y and fourteen digits');

/** What the page of a visitor may know of him; the rest stays in the service. */
export const visitor = z.strictObject({
  /** `张*`; null when only a number was typed. */
  name: z.string().nullable(),
  /** `220***********1231` */
  number: z.string(),
  way: z.enum(['card', 'typed']),
  /** Sixty or older by the birth date in the number. */
  elder: z.boolean(),
  /** Today's pre-reviews of this person that lacked papers: back with papers (T05). */
  unfinished: z
    .array(z.strictObject({ id: z.uuid(), number: preReviewNumber, itemCode, missing: z.array(materialCode) }))
    .max(10),
});

/** A paper that is asked for, one question each. */
export const askedPaper = z.strictObject({
  code: materialCode,
  name: z.string(),
  hint: z.string(),
  /** Null: not answered yet. */
  has: z.boolean().nullable(),
});

const underWay = z.strictObject({ itemCode, catalogueVersion: z.string(), materials: z.array(askedPaper) });

export const lackedPaper = z.strictObject({
  code: materialCode,
  name: z.string(),
  /** Why it is needed. */
  why: z.string(),
  /** Where it is to be had. */
  where: z.string(),
});

/** A ticket as its owner is told of it. */
export const takenTicket = z.strictObject({
  id: z.uuid(),
  number: ticketNumber,
  queue,
  class: ticketClass,
  floor: z.int(),
  zone: z.string(),
  takenAt: instant,
  peopleAhead: z.int(),
  /** Honest range, ms; null while nothing can be said. */
  wait: z.strictObject({ fromMs: z.int(), toMs: z.int() }).nullable(),
  /** Who gave the number: the hall's desk, or this machine from its own block or under its emergency letter. */
  by: z.enum(['hub', 'lease', 'emergency']),
});

/** What came out of the printer; `problem`: what was to come out is kept, and is printed again by a helper. */
const printed = z.strictObject({ slips: z.int(), problem: failure.nullable() });

const ticketAnswer = z.strictObject({ ticket: takenTicket, printed });

export const preReviewResult = z.strictObject({
  id: z.uuid(),
  number: preReviewNumber,
  outcome: z.enum(['passed', 'failed']),
  /** Everything at once (一次性告知). */
  missing: z.array(lackedPaper),
  ticket: takenTicket.nullable(),
  /** Why a passed pre-review has no ticket, such as issue stopped for today. */
  ticketProblem: failure.nullable(),
  printed,
});

/** A pre-review as a window opens it (users.md §C.7). */
export const preReviewFile = z.strictObject({
  id: z.uuid(),
  number: preReviewNumber,
  state: z.enum(PRE_REVIEW_STATES),
  itemCode,
  projectKind: projectKind.optional(),
  catalogueVersion: z.string(),
  conditions: z.array(condition),
  /** Empty when only the slip is known: it carries nobody in clear. */
  parties: z.array(party),
  /** Typed where no card was laid; the card at the window is compared with it. */
  typedNumber: z.string().nullable(),
  property: property.nullable(),
  materials: z.array(z.strictObject({ code: materialCode, has: z.boolean() })),
  missing: z.array(materialCode),
  elder: z.boolean(),
  terminal: z.string(),
  at: instant,
  ticketNumber: ticketNumber.nullable(),
  sentBack: z.array(z.strictObject({ at: instant, terminal: z.string(), reason: z.string() })),
  /** `record`: known here. `passport`: its record has not come, only the signed slip is known. */
  origin: z.enum(['record', 'passport']),
  /** Whether `idNumber` is the holder's (T08); null when none was given. */
  holder: z.enum(['same', 'other']).nullable(),
});

const atKiosk = { roles: PREREVIEW, signedIn: false, tier: 'local', deadlineMs: 10_000 } as const;
/** Numbers are given by the hub when it answers; slips take the printer's time. */
const printing = { tier: 'local-then-centre', deadlineMs: 60_000 } as const;
const helping = {
  roles: ['prereview', 'supervisor', 'window'],
  signedIn: true,
  staff: ['PRE', 'GUIDE', 'WIN', 'SUP'],
} as const;
const guided = { roles: PREREVIEW, signedIn: true, staff: ['PRE', 'GUIDE'], ...printing } as const;

export const preReviewMethods = {
  'prereview.identify': {
    doc: 'Who comes: waits for a card on the reader, or takes a typed number. The privacy notice of this version was agreed to. A visit of this page before it is forgotten.',
    input: z.strictObject({
      notice: z.string().min(1).max(20),
      by: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('card'), waitMs: z.int().min(0).max(50_000).default(10_000) }),
        z.strictObject({ kind: z.literal('typed'), number: z.string().min(15).max(18) }),
      ]),
    }),
    output: visitor,
    ...atKiosk,
    deadlineMs: 65_000,
  },
  'prereview.start': {
    doc: 'T01: the item, with the answers to its questions. Answers which papers are asked for. Nothing is stored until it is finished.',
    input: z.strictObject({
      itemCode,
      projectKind: projectKind.optional(),
      conditions: z.array(condition).max(10).default([]),
      /** Big type and slow voice were chosen by hand, or given up. */
      elder: z.boolean().optional(),
      /** One of `unfinished`: what was there then is taken as answered. */
      resume: z.uuid().optional(),
    }),
    output: underWay,
    ...atKiosk,
  },
  'prereview.setMaterial': {
    doc: 'T02: one paper is there, or is not.',
    input: z.strictObject({ code: materialCode, has: z.boolean() }),
    output: underWay,
    ...atKiosk,
  },
  'prereview.finish': {
    doc: 'T03, T04, T06: judged once for everything. Passed: takes a number and prints ticket and 预审合格单. Failed: prints the 一次性告知单. Asked again it answers the same.',
    input: z.strictObject({
      /** Where staff guide: priority by law, the reason is not kept (domain.md §6.3). */
      priority: z.boolean().default(false),
    }),
    output: preReviewResult,
    roles: PREREVIEW,
    signedIn: false,
    ...printing,
  },
  'prereview.cancel': {
    doc: 'Ends the visit of this page: whatever is known of the visitor is wiped. What was printed stays valid.',
    input: nothing,
    output: nothing,
    ...atKiosk,
  },
  'prereview.get': {
    doc: 'T08: opens a pre-review by its id, its number or the text of its passport, also when its record never came. A forged, altered or old passport is refused.',
    input: z.strictObject({
      by: z.union([
        z.strictObject({ id: z.uuid() }),
        z.strictObject({ number: preReviewNumber }),
        z.strictObject({ passport: z.string().min(1).max(600) }),
      ]),
      /** Of the card at the window: is it the same person? */
      idNumber: z.string().max(30).optional(),
    }),
    output: preReviewFile,
    roles: ['window', 'prereview'],
    signedIn: true,
    staff: ['WIN', 'PRE', 'GUIDE'],
    tier: 'local',
    deadlineMs: 5_000,
  },
  'prereview.help': {
    doc: 'Calls a helper: shown at the supervisor and the desks.',
    input: nothing,
    output: nothing,
    ...atKiosk,
  },
  'prereview.helpCalls': {
    doc: 'Who of today asks for a helper and has none yet, oldest first.',
    input: nothing,
    output: z.array(z.strictObject({ id: z.uuid(), terminal: z.string(), floor: z.int(), at: instant })),
    ...helping,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'prereview.answerHelp': {
    doc: 'Who is signed in goes there.',
    input: z.strictObject({ id: z.uuid() }),
    output: nothing,
    ...helping,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'prereview.say': {
    doc: 'Reads a question aloud where a voice is configured; otherwise says that it is silent.',
    input: z.strictObject({ text: z.string().trim().min(1).max(120), twice: z.boolean().default(false) }),
    output: z.strictObject({ spoken: z.boolean() }),
    ...atKiosk,
    deadlineMs: 60_000,
  },
  'ticket.take': {
    doc: 'A number without pre-review, at a staffed desk: priority, enterprise batch, pickup of another day, back with papers, or in exchange for an appointment.',
    input: z.strictObject({
      commandId: z.uuid(),
      for: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('ordinary'), itemCode, priority: z.boolean().default(false) }),
        z.strictObject({ kind: z.literal('enterprise'), itemCode, batch: z.int().min(1).max(50) }),
        /** 受理编号 of what lies ready. */
        z.strictObject({ kind: z.literal('pickup'), caseNumber: z.string().min(1).max(64) }),
        /** Number of a pre-review, or of a case that waits for papers. */
        z.strictObject({ kind: z.literal('back'), number: z.string().min(1).max(64) }),
        z.strictObject({ kind: z.literal('appointment'), code: z.string().regex(/^\d{8}$/) }),
      ]),
    }),
    output: ticketAnswer,
    ...guided,
  },
  'ticket.reprint': {
    doc: 'Prints a ticket of today again, marked 重打.',
    input: z.strictObject({ commandId: z.uuid(), number: ticketNumber }),
    output: ticketAnswer,
    ...guided,
  },
} as const satisfies Record<string, Method>;

export type Visitor = z.infer<typeof visitor>;
export type AskedPaper = z.infer<typeof askedPaper>;
export type LackedPaper = z.infer<typeof lackedPaper>;
export type TakenTicket = z.infer<typeof takenTicket>;
export type PreReviewResult = z.infer<typeof preReviewResult>;
export type PreReviewFile = z.infer<typeof preReviewFile>;
