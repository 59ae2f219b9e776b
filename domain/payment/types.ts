import type { PayMethod } from '../case/progress.ts';
import type { PaymentState } from './states.ts';

/**
 * `cancelled`: the case ended, or was paid another way; `refused`: by the channel; `expired`: nobody paid in time;
 * `wrong-amount`: money came, but not what was asked.
 */
export const FAILURE_REASONS = ['cancelled', 'refused', 'expired', 'wrong-amount'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** `ended`: the case was withdrawn or rejected; `not-owed`: nothing was due any more; `clerk`: a person asked for it. */
export const REFUND_CAUSES = ['ended', 'not-owed', 'wrong-amount', 'clerk', 'channel'] as const;
export type RefundCause = (typeof REFUND_CAUSES)[number];

/** Bodies of the ops of a payment. `caseId` puts each into the scope of its case. */
export interface PaymentBodies {
  'payment.requested': {
    caseId: string;
    /** 受理编号: what the channel's statement shows. */
    caseNumber: string;
    method: PayMethod;
    amountFen: number;
    /** ISO instant after which the pay code is worth nothing; null for money taken at the counter. */
    expiresAt: string | null;
  };
  'payment.confirmed': {
    caseId: string;
    amountFen: number;
    /** 票号 of the counter, or the channel's serial. */
    receipt: string;
    /** ISO instant at which the money was taken, by whoever took it. */
    paidAt: string;
  };
  'payment.failed': {
    caseId: string;
    reason: FailureReason;
    /** Money that came all the same; 0 for none. */
    receivedFen: number;
    /** The channel's serial of that money. */
    receipt?: string | undefined;
  };
  'payment.refundRequested': { caseId: string; cause: RefundCause; reason: string };
  'payment.refunded': { caseId: string; amountFen: number; receipt: string; refundedAt: string };
}

/** One attempt to pay a case's fee, from asking to the money's end. Nothing of it is ever deleted. */
export interface PaymentRecord {
  id: string;
  version: number;
  caseId: string;
  caseNumber: string;
  state: PaymentState;
  method: PayMethod;
  amountFen: number;
  requestedAt: string;
  requestedBy: string;
  expiresAt: string | null;
  paid: { amountFen: number; receipt: string; at: string } | null;
  failure: { reason: FailureReason; receivedFen: number; receipt: string | null; at: string } | null;
  refund: {
    cause: RefundCause;
    reason: string;
    requestedAt: string;
    requestedBy: string;
    receipt: string | null;
    at: string | null;
  } | null;
}
