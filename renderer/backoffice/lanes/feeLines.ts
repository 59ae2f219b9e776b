import type { FeeLine } from '../../../domain/case/progress.ts';
import { CATALOGUE, findItem } from '../../../domain/catalogue/catalogue.ts';
import { feeOf } from '../../../domain/catalogue/feeOf.ts';
import { t } from '../../strings/index.ts';

export interface FeeChoice {
  use: 'residential' | 'other';
  certificates: number;
  /** Why nothing is charged; empty: it is charged. */
  exemption: string;
}

/**
 * The lines of a case by the dated table (domain.md §2.7).
 * @param day local calendar day, ISO
 * @returns null when the table has no row for that day or the item is not known
 */
export function feeLinesOf(
  itemCode: string,
  { use, certificates, exemption }: FeeChoice,
  day: string,
): FeeLine[] | null {
  const item = findItem(itemCode);
  const fee = item && feeOf(item, { use, certificates, exempt: false }, CATALOGUE.fees, day);
  if (!fee) return null;
  const lines: FeeLine[] = [];
  for (const row of fee.rows) {
    const same = lines.find((line) => line.class === row.class);
    if (same) same.count += 1;
    else
      lines.push({
        name: t.laneFee.names[row.class],
        class: row.class,
        count: 1,
        unitFen: row.amountFen,
        reducedFen: 0,
      });
  }
  if (exemption === '') return lines;
  return lines.map((line) => ({ ...line, reducedFen: line.count * line.unitFen, reason: exemption }));
}
