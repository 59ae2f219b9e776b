import { formatCaseNumber, numberPrefix } from './caseNumber.ts';

/**
 * Number of a 不予受理告知书: a sequence of its own for each district (domain.md §4.8). The terminal stands in it, because the
 * notice is printed on the spot and may be printed without a network (§3.4 T12).
 * @param district six digits, of the unit refused or else of the hall
 * @throws RangeError as `formatCaseNumber`, and for a district that is none
 */
export function formatRefusalNumber(district: string, day: string, terminal: string, sequence: number): string {
  if (!/^\d{6}$/.test(district)) throw new RangeError(`district: ${district}`);
  return `B${district}${formatCaseNumber(day, terminal, sequence)}`;
}

/** What all numbers of a district, a day and a terminal begin with. */
export function refusalPrefix(district: string, day: string, terminal: string): string {
  return `B${district}${numberPrefix(day, terminal)}`;
}
