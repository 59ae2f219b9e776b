import type { PaymentRecord } from '../../domain/payment/types.ts';

/** What is asked about payments, beside the ledger. */
export interface PaymentStore {
  /** Payments about which somebody has still to be asked. */
  openPayments(): { hall: string; record: PaymentRecord }[];
  /** Payments of a hall that were paid, failed or refunded from one ISO instant up to another. */
  paymentsOfDay(hall: string, from: string, to: string): PaymentRecord[];
  findPayCode(payment: string): string | null;
  setPayCode(payment: string, code: string): Promise<void>;
}
