import { z } from 'zod';
import { FAILURE_REASONS, type PaymentBodies, REFUND_CAUSES } from '../../domain/payment/types.ts';
import { fen, payMethod } from './case.ts';

/** Bodies of the ops of a payment, made by the centre only (domain/payment/types.ts). */

const instant = z.iso.datetime({ precision: 3 });
const receipt = z.string().min(1).max(60);
const caseId = z.uuid();

export const paymentBodies = {
  'payment.requested': z.strictObject({
    caseId,
    caseNumber: z.string().min(1).max(20),
    method: payMethod,
    amountFen: fen.min(1),
    expiresAt: instant.nullable(),
  }),
  'payment.confirmed': z.strictObject({ caseId, amountFen: fen, receipt, paidAt: instant }),
  'payment.failed': z.strictObject({
    caseId,
    reason: z.enum(FAILURE_REASONS),
    receivedFen: fen,
    receipt: receipt.optional(),
  }),
  'payment.refundRequested': z.strictObject({
    caseId,
    cause: z.enum(REFUND_CAUSES),
    reason: z.string().min(1).max(200),
  }),
  'payment.refunded': z.strictObject({ caseId, amountFen: fen, receipt, refundedAt: instant }),
} satisfies { [K in keyof PaymentBodies]: z.ZodType<PaymentBodies[K]> };
