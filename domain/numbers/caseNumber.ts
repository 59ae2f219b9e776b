/** 受理编号 (domain.md §4.8): `YYYYMMDD` + 2-digit terminal + 4-digit local sequence, unique without a network. */

const MAX_SEQUENCE = 9999;

/**
 * @param day local calendar day, `YYYY-MM-DD`, Asia/Shanghai
 * @param terminal two digits: 01–18 windows, 21/22 pre-review desks, 31 provident-fund hall, 41 branch
 * @param sequence 1…9999, consumed in the transaction that stores the case
 * @throws RangeError when the day's numbers are used up or a part is malformed: a number is never wrapped or shortened
 */
export function formatCaseNumber(day: string, terminal: string, sequence: number): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`day: ${day}`);
  if (!/^\d{2}$/.test(terminal)) throw new RangeError(`terminal: ${terminal}`);
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE)
    throw new RangeError(`sequence: ${sequence}`);
  return day.replaceAll('-', '') + terminal + String(sequence).padStart(4, '0');
}

export interface CaseNumberParts {
  day: string;
  terminal: string;
  sequence: number;
}

export function parseCaseNumber(number: string): CaseNumberParts | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(number);
  if (!match) return null;
  return { day: `${match[1]}-${match[2]}-${match[3]}`, terminal: match[4] ?? '', sequence: Number(match[5]) };
}
