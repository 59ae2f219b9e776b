import type { FeeRow, Item } from './types.ts';

export interface FeeFacts {
  use: 'residential' | 'other';
  /** Certificates to be made out: co-owners may each hold one. */
  certificates: number;
  /** Small and micro enterprises, sole traders, subsidised housing: nothing is charged (domain.md §2.7). */
  exempt: boolean;
}

export interface Fee {
  amountFen: number;
  /** The rows that add up to it, for the fee slip. */
  rows: readonly FeeRow[];
}

/**
 * The registration fee of one right on one unit (件). Per item, never by area or price (民法典 第二百二十三条).
 * @param day local calendar day, ISO, whose table applies
 * @returns null when the table has no row for that day
 * @throws RangeError when `certificates` is not a positive whole number
 */
export function feeOf(item: Pick<Item, 'fee'>, facts: FeeFacts, fees: readonly FeeRow[], day: string): Fee | null {
  if (!Number.isInteger(facts.certificates) || facts.certificates < 1) throw new RangeError('certificates');
  const row = (name: FeeRow['class']) => rowInForce(fees, name, facts.use, day);
  const feeClass = item.fee === 'F0/F1' ? 'F1' : item.fee;
  if (facts.exempt || feeClass === 'F0') return total([row('F0')]);
  const extra = Array.from({ length: facts.certificates - 1 }, () => row('extra-copy'));
  return total([row(feeClass), ...extra]);
}

function total(rows: readonly (FeeRow | null)[]): Fee | null {
  const known = rows.filter((row) => row !== null);
  if (known.length < rows.length) return null;
  return { amountFen: known.reduce((sum, row) => sum + row.amountFen, 0), rows: known };
}

/** The newest row that has begun. */
function rowInForce(fees: readonly FeeRow[], name: FeeRow['class'], use: FeeFacts['use'], day: string): FeeRow | null {
  const begun = fees
    .filter((row) => row.class === name && (row.use === use || row.use === 'any') && row.validFrom <= day)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return begun.at(-1) ?? null;
}
