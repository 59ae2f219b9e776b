import { transferBefore } from '../catalogue/asks.ts';
import { findItem } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { CaseRecord } from './types.ts';

type Counted = Pick<CaseRecord, 'acceptance' | 'acceptedAt' | 'bookedAt'>;

/** Whether the fund aims at paying this out in minutes (S4): a loan whose mortgage is registered. */
export function isTimedLoan({ acceptance }: Pick<CaseRecord, 'acceptance'>, catalogue: Catalogue): boolean {
  const item = findItem(acceptance.itemCode, catalogue);
  return item?.business === 'provident-fund' && item.targetMinutes !== null;
}

/**
 * From when the 90 minutes of a loan and its mortgage count (domain.md §2.9): from the loan's acceptance; of a loan for an
 * existing home not before the transfer of that home is in the register.
 * @param find the case of an id, null when it is not known here
 * @returns ISO instant; null for a case of no loan, and while they have not begun
 */
export function linkedStart(
  record: Counted,
  catalogue: Catalogue,
  find: (caseId: string) => Counted | null,
): string | null {
  const { link } = record.acceptance;
  if (isTimedLoan(record, catalogue)) return loanStart(record, catalogue, find);
  if (!link) return null;
  const loan = find(link.caseId);
  // The mortgage of an existing home is accepted only when its transfer is booked: the minutes run at the latest then.
  return loan ? (loanStart(loan, catalogue, find) ?? record.acceptedAt) : record.acceptedAt;
}

function loanStart(
  { acceptance, acceptedAt }: Counted,
  catalogue: Catalogue,
  find: (caseId: string) => Counted | null,
): string | null {
  const item = findItem(acceptance.itemCode, catalogue);
  if (!item || transferBefore(item) === null) return acceptedAt;
  const transfer = acceptance.link ? find(acceptance.link.caseId) : null;
  const bookedAt = transfer?.bookedAt ?? null;
  return bookedAt === null || bookedAt > acceptedAt ? bookedAt : acceptedAt;
}
