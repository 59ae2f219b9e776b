import { z } from 'zod';
import { LANE_CODES, LANE_EVENTS } from '../../domain/case/lanes.ts';
import type { VoidReason } from '../../domain/case/progress.ts';
import { SLIP_KINDS } from '../../domain/case/types.ts';

/** Bodies of the ops a case goes on with after the window's first decision (domain/case/advance.ts). */

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.iso.date();
const none = z.strictObject({});
export const fen = z.int().min(0).max(1_000_000_000_00);
const certificateNumber = text(60);
/** Absent: by hand. */
export const printedThrough = z.literal('printer');
export const blankSerial = z.string().regex(/^[A-Z]\d{11}$/);

export const missingPaper = z.strictObject({
  material: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional(),
  text: text(200),
  why: text(500),
  where: text(200).optional(),
  arisen: text(200).optional(),
});

/** As the window says it; the number is given with the op. */
export const refusalByWindow = z.strictObject({
  ground: z.enum(['other-registrar', 'incomplete', 'not-registrable', 'other']),
  reason: text(2000),
  missing: z.array(missingPaper).max(60),
  competentRegistrar: text(100).optional(),
});

export const refusal = z.strictObject({
  ...refusalByWindow.shape,
  number: z
    .string()
    .regex(/^B\d{20}$/)
    .optional()
    .describe('of the notice; absent in refusals from before it had one'),
});

export const feeLine = z.strictObject({
  name: text(200),
  class: text(20),
  count: z.int().min(1).max(999),
  unitFen: fen,
  reducedFen: fen,
  reason: text(200).optional(),
});

export const VOID_REASONS = [
  'misprint',
  'jam',
  'stained',
  'wrong-data',
  'test',
  'other',
] as const satisfies VoidReason[];

const spoiledBlank = z.strictObject({
  blank: blankSerial,
  reason: z.enum(VOID_REASONS),
  note: z.string().max(200),
  witness: text(40),
});

const route = z.strictObject({
  business: z.enum(['registration', 'provident-fund']),
  output: z.enum(['certificate', 'proof', 'certificate-or-proof', 'none']),
  skipped: z.array(z.enum(LANE_CODES)).max(10),
  siteVisit: z.boolean(),
});

const receiver = z.strictObject({
  name: text(100),
  idKind: z.enum(['resident', 'hmt-residence', 'permanent-residence', 'credit-code', 'other']),
  idNumber: text(50),
  phone: z.string().max(20).optional(),
});

const express = z.strictObject({
  receiver: text(100),
  phone: text(20),
  address: text(200),
  carrier: text(40),
  trackingNumber: text(40),
});

/** Data of each transition, by its number. */
export const advanceData = {
  T11: z.strictObject({ deemed: z.literal(true) }),
  T12: none,
  T14: z.strictObject({ route }),
  T15: z.strictObject({ missing: z.array(missingPaper).min(1).max(60), deadline: day }),
  T16: z.strictObject({
    received: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[A-Z]\d{2}$/),
          form: z.enum(['original', 'viewed', 'shared']),
          copies: z.int().min(0).max(999),
          pages: z.int().min(0).max(9999),
        }),
      )
      .max(60),
  }),
  T17: z.strictObject({ reason: text(2000) }),
  T18: z.strictObject({ text: text(2000), until: day }),
  T19: none,
  T20: z.strictObject({ reason: text(2000) }),
  T21: z.strictObject({ reason: text(500) }),
  T22: z.strictObject({ report: text(2000) }),
  T23: z.strictObject({ opinion: text(2000) }),
  T24: z.strictObject({ opinion: text(2000) }),
  T25: none,
  T26: none,
  T27: z.strictObject({
    certificates: z
      .array(
        z.strictObject({
          number: certificateNumber,
          kind: z.enum(['certificate', 'proof']),
          holders: z.array(text(200)).min(1).max(50),
        }),
      )
      .max(50),
  }),
  T28: z.strictObject({
    blanks: z
      .array(z.strictObject({ number: certificateNumber, blank: blankSerial }))
      .min(1)
      .max(50),
    through: printedThrough.optional(),
  }),
  T29: none,
  T30: spoiledBlank,
  T31: z.strictObject({ opinion: text(2000) }),
  T32: spoiledBlank,
  T33: z.strictObject({ window: text(20) }),
  T34: z.strictObject({ receiver, slipReturned: z.boolean() }),
  T35: none,
  T36: z.strictObject({ express }),
  T37: z.strictObject({ proof: text(200) }),
  T38: none,
  T39: z.strictObject({ list: text(40) }),
  T40: z.strictObject({ reason: text(500), signed: z.array(text(200)).max(50) }),
  T41: z.strictObject({
    ground: z.enum(['breaks-law', 'unresolved-dispute', 'beyond-term', 'other']),
    reason: text(2000),
  }),
  T45: z.strictObject({ note: text(500), linkedCaseId: z.uuid().optional() }),
} as const;

export const advanceOf = <T extends keyof typeof advanceData>(transition: T) =>
  z.strictObject({ transition: z.literal(transition), data: advanceData[transition] });

export const advance = z.discriminatedUnion('transition', [
  advanceOf('T11'),
  advanceOf('T12'),
  advanceOf('T14'),
  advanceOf('T15'),
  advanceOf('T16'),
  advanceOf('T17'),
  advanceOf('T18'),
  advanceOf('T19'),
  advanceOf('T20'),
  advanceOf('T21'),
  advanceOf('T22'),
  advanceOf('T23'),
  advanceOf('T24'),
  advanceOf('T25'),
  advanceOf('T26'),
  advanceOf('T27'),
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
  advanceOf('T38'),
  advanceOf('T39'),
  advanceOf('T40'),
  advanceOf('T41'),
  advanceOf('T45'),
]);

export const laneChange = z.strictObject({
  lane: z.enum(LANE_CODES),
  event: z.enum(LANE_EVENTS),
  note: text(2000).optional(),
  fee: z.strictObject({ lines: z.array(feeLine).max(20), payer: text(200) }).optional(),
});

export const payMethod = z.enum(['WECHAT', 'ALIPAY', 'CARD', 'SCAN', 'CASH']);

export const paymentEntry = z.strictObject({
  payment: z.uuid(),
  kind: z.enum(['paid', 'refunded']),
  amountFen: fen,
  method: payMethod,
  receipt: text(60),
  at: z.iso.datetime({ precision: 3 }),
});

export const caseLink = z.strictObject({
  caseId: z.uuid(),
  number: text(20),
  contractNumber: text(60).optional(),
});

export const slipPrinted = z.strictObject({
  caseId: z.uuid(),
  slip: z.enum(SLIP_KINDS),
  print: z.int().min(1).max(999),
  confirmation: z.enum(['device', 'sent']),
});

export const caseNote = z.strictObject({
  caseId: z.uuid(),
  kind: z.enum(['remark', 'overdue-reason', 'unmasked', 'payment-alarm']),
  text: text(500),
});

/** Another window goes on with the case (domain/case/ownership.ts). */
export const caseTaken = z.strictObject({
  window: z.string().regex(/^[A-Z]\d{2}$/),
  reason: z.string().trim().min(2).max(200),
});
