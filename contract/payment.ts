import { z } from 'zod';
import { PAYMENT_STATES } from '../domain/payment/states.ts';
import { FAILURE_REASONS, REFUND_CAUSES } from '../domain/payment/types.ts';
import { fen, payMethod } from './ops/case.ts';

/**
 * Money is asked for, taken and given back at the centre alone: `POST /office/v1/payment` for what changes something,
 * `POST /office/v1/reconcile` for the balance of a day. A refusal is an `officeRefusal`.
 */

const instant = z.iso.datetime();
const receipt = z.string().trim().min(1).max(60);
const command = {
  /** Chosen by the page, one for each press: the same command twice is done once. */
  commandId: z.uuid(),
  /** Staff number; signed in at the terminal that asks. */
  actor: z.string().min(1).max(40),
  caseId: z.uuid(),
};

/** Without the person: what a page sends. */
export const paymentChange = z.discriminatedUnion('kind', [
  /** A pay code for what the case owes; while one is open for this method, that one again. */
  z.strictObject({ kind: z.literal('request'), method: z.enum(['WECHAT', 'ALIPAY', 'SCAN']) }),
  /** Money taken at the counter, with the number of the receipt that was handed out. */
  z.strictObject({ kind: z.literal('record'), method: z.enum(['CARD', 'CASH']), receipt }),
  /** Money goes back. For card and cash with the number of the receipt of the refund, when it is in the citizen's hand. */
  z.strictObject({
    kind: z.literal('refund'),
    payment: z.uuid(),
    reason: z.string().trim().min(1).max(200),
    receipt: receipt.optional(),
  }),
]);

export const paymentRequest = z.strictObject({ ...command, change: paymentChange });

export const paymentAnswer = z.strictObject({
  payment: z.uuid(),
  state: z.enum(PAYMENT_STATES as [(typeof PAYMENT_STATES)[number], ...typeof PAYMENT_STATES]),
  amountFen: fen,
  /** Text of the QR code the citizen scans; null when there is none (yet): the channel has not answered. */
  payCode: z.string().max(500).nullable(),
  expiresAt: instant.nullable(),
  centreTime: instant,
});

export const reconcileRequest = z.strictObject({ actor: z.string().min(1).max(40), day: z.iso.date() });

/** One payment on one side of the balance that the other side does not have, or has otherwise. */
const difference = z.strictObject({
  kind: z.enum(['missing-here', 'missing-at-channel', 'amount-differs', 'state-differs']),
  payment: z.uuid(),
  caseNumber: z.string().nullable(),
  method: payMethod.nullable(),
  entry: z.enum(['paid', 'refunded']),
  oursFen: fen.nullable(),
  theirsFen: fen.nullable(),
});

export const reconcileAnswer = z.strictObject({
  day: z.iso.date(),
  methods: z.array(
    z.strictObject({
      method: payMethod,
      paidCount: z.int(),
      paidFen: fen,
      refundedCount: z.int(),
      refundedFen: fen,
      netFen: z.int(),
    }),
  ),
  /** Null: there is no channel, or it did not answer; nothing was compared then. */
  differences: z.array(difference).nullable(),
  /** Requests still open, and refunds still under way, whatever their day. */
  openCount: z.int(),
  centreTime: instant,
});

/** One payment as pages see it. */
export const paymentView = z.strictObject({
  id: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string(),
  state: paymentAnswer.shape.state,
  method: payMethod,
  amountFen: fen,
  requestedAt: instant,
  requestedBy: z.string(),
  expiresAt: instant.nullable(),
  paid: z.strictObject({ amountFen: fen, receipt: z.string(), at: instant }).nullable(),
  failure: z
    .strictObject({
      reason: z.enum(FAILURE_REASONS),
      receivedFen: fen,
      receipt: z.string().nullable(),
      at: instant,
    })
    .nullable(),
  refund: z
    .strictObject({
      cause: z.enum(REFUND_CAUSES),
      reason: z.string(),
      requestedAt: instant,
      requestedBy: z.string(),
      receipt: z.string().nullable(),
      at: instant.nullable(),
    })
    .nullable(),
});

export type PaymentRequest = z.infer<typeof paymentRequest>;
export type PaymentAnswer = z.infer<typeof paymentAnswer>;
export type ReconcileRequest = z.infer<typeof reconcileRequest>;
export type ReconcileAnswer = z.infer<typeof reconcileAnswer>;
export type ReconcileDifference = z.infer<typeof difference>;
