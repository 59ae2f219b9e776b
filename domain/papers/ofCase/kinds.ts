import type { CaseFile } from '../../case/types.ts';
import type { StaffRole } from '../../staff/roles.ts';
import { PAPERS, type PaperKind } from '../papers.ts';
import { isTaken } from './facts.ts';

/** The A4 papers of a case in the order in which it meets them, each with who may see and print it (domain.md §3.1, §7.3). */
const table = {
  refusal: ['WIN'],
  'one-time-notice': ['WIN'],
  application: ['WIN'],
  inquiry: ['WIN'],
  acceptance: ['WIN'],
  'loss-statement': ['WIN', 'REV2'],
  'tax-contact': ['WIN', 'TAX'],
  'supplement-notice': ['WIN', 'REV1', 'REV2'],
  'public-notice': ['REV2'],
  rejection: ['WIN', 'APP'],
  'payment-notice': ['WIN', 'FEE'],
  'blank-register': ['PRT', 'QC', 'SUP'],
  'pickup-notice': ['WIN', 'QC'],
  'express-slip': ['WIN'],
  'issue-record': ['WIN'],
  withdrawal: ['WIN'],
  'transfer-list': ['ARC'],
} as const satisfies Partial<Record<PaperKind, readonly StaffRole[]>>;

export type CasePaperKind = keyof typeof table;

const STAFF_OF: Readonly<Record<CasePaperKind, readonly StaffRole[]>> = table;

export const CASE_PAPER_KINDS = Object.keys(table) as CasePaperKind[];

/** Whoever handles at least one paper. */
export const PAPER_STAFF: readonly StaffRole[] = [...new Set(CASE_PAPER_KINDS.flatMap((kind) => STAFF_OF[kind]))];

export function mayHandle(kind: CasePaperKind, roles: readonly StaffRole[]): boolean {
  return STAFF_OF[kind].some((role) => roles.includes(role));
}

/** Each kind has a count of its own, on whichever printer it came out. */
export function countPrints({ slips }: Pick<CaseFile, 'slips'>, kind: CasePaperKind): number {
  return slips.filter((each) => each.slip === kind).length;
}

/**
 * Whether a step that prints this paper was taken more often than the paper came out. A refusal is no refusal until its
 * notice is out (不动产登记暂行条例 §17), so it is owed before T12.
 */
export function isOwed(record: CaseFile, kind: CasePaperKind): boolean {
  const steps = PAPERS[kind].printedBy as readonly string[];
  const taken = record.history.filter(({ step }) => steps.includes(step)).length;
  const isRefused = kind === 'refusal' && record.refusal !== null && !isTaken(record);
  return countPrints(record, kind) < (isRefused ? 1 : taken);
}
