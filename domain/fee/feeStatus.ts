import { owedFen } from '../case/guards.ts';
import type { CaseRecord } from '../case/types.ts';
import type { PaymentRecord } from '../payment/types.ts';

/** Codes of 收费状态 (domain.md §4.10). */
export const FEE_STATUS_NAMES = {
  0: '不收费',
  1: '未缴',
  2: '已缴',
  3: '部分缴纳',
  4: '退款中',
  5: '已退款',
} as const;

export type FeeStatus = keyof typeof FEE_STATUS_NAMES;

/** @returns null while no fee is assessed */
export function feeStatusOf(
  record: Pick<CaseRecord, 'fee' | 'payments'>,
  payments: readonly Pick<PaymentRecord, 'state'>[],
): FeeStatus | null {
  if (!record.fee) return null;
  if (payments.some(({ state }) => state === 'REFUNDING')) return 4;
  if (record.fee.totalFen === 0) return 0;
  const owed = owedFen(record);
  if (owed === 0) return 2;
  if (record.payments.at(-1)?.kind === 'refunded' && owed === record.fee.totalFen) return 5;
  return owed < record.fee.totalFen ? 3 : 1;
}
