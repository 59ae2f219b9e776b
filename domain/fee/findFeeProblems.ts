import type { FeeLine } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';
import { type Exemption, parseReason } from './exemptions.ts';
import { type FeeTable, type FeeUse, proposeFee } from './proposeFee.ts';

export type FeeProblemCode =
  | 'no-line'
  | 'not-in-table'
  | 'reduction-too-large'
  | 'reduction-differs'
  | 'reason-missing'
  | 'reason-unknown'
  | 'reason-without-note'
  | 'payer-missing';

export interface FeeProblem {
  /** `lines.0.reason` */
  path: string;
  code: FeeProblemCode;
  message: string;
}

const MESSAGES: Readonly<Record<FeeProblemCode, string>> = {
  'no-line': '没有收费项目；不收费的事项也要有一行，金额为零。',
  'not-in-table': '收费项目与本事项的收费标准不符，请重新核定。',
  'reduction-too-large': '减免额超过应收额。',
  'reduction-differs': '减免额与所选理由不符，请重新核定。',
  'reason-missing': '减免必须写明理由。',
  'reason-unknown': '减免理由不在目录内，请从目录选择。',
  'reason-without-note': '“其他减免”须补充说明。',
  'payer-missing': '没有写明缴费人。',
};

/** What is wrong with a line by itself: a reduction has a reason from the list and is no larger than its line. */
export function findLineProblems(lines: readonly FeeLine[]): FeeProblem[] {
  return lines.flatMap((line, at): FeeProblem[] => {
    const path = `lines.${at}`;
    const found: FeeProblem[] = [];
    if (line.reducedFen > line.count * line.unitFen) found.push(problem(`${path}.reducedFen`, 'reduction-too-large'));
    if (line.reducedFen === 0) return found;
    const reason = line.reason?.trim() ?? '';
    const parsed = parseReason(reason);
    if (reason === '') found.push(problem(`${path}.reason`, 'reason-missing'));
    else if (!parsed) found.push(problem(`${path}.reason`, 'reason-unknown'));
    else if (parsed.exemption.needsNote && parsed.note === '')
      found.push(problem(`${path}.reason`, 'reason-without-note'));
    return found;
  });
}

/**
 * Whether an assessment is what the table asks of this case: the same lines at the same prices, whatever the clerk
 * chose, and reductions of the size their reasons give.
 * @param day local calendar day, ISO, whose table applies
 */
export function findFeeProblems(
  record: Pick<CaseRecord, 'acceptance'>,
  catalogue: FeeTable,
  day: string,
  { lines, payer }: { lines: readonly FeeLine[]; payer: string },
): FeeProblem[] {
  const found = findLineProblems(lines);
  if (payer.trim() === '') found.push(problem('payer', 'payer-missing'));
  if (lines.length === 0) return [...found, problem('lines', 'no-line')];
  const propose = (use: FeeUse, exemption?: Exemption): readonly FeeLine[] => {
    const proposal = proposeFee(record, catalogue, day, { use, certificates: countCertificates(lines), exemption });
    return proposal.ok ? proposal.lines : [];
  };
  const use = USES.find((each) => isSameWithoutReductions(propose(each), lines));
  if (use === undefined) return [...found, problem('lines', 'not-in-table')];
  for (const [at, line] of lines.entries()) {
    const exemption = line.reducedFen > 0 ? parseReason(line.reason ?? '')?.exemption : undefined;
    if (exemption === undefined || exemption.needsNote) continue;
    if (propose(use, exemption)[at]?.reducedFen !== line.reducedFen)
      found.push(problem(`lines.${at}.reducedFen`, 'reduction-differs'));
  }
  return found;
}

const USES: readonly FeeUse[] = ['residential', 'other'];

function isSameWithoutReductions(expected: readonly FeeLine[], actual: readonly FeeLine[]): boolean {
  return (
    expected.length === actual.length &&
    expected.every((line, at) => {
      const other = actual[at];
      return (
        other !== undefined &&
        other.class === line.class &&
        other.count === line.count &&
        other.unitFen === line.unitFen
      );
    })
  );
}

/** How many certificates the lines stand for. */
function countCertificates(lines: readonly FeeLine[]): number {
  return Math.max(
    1,
    1 + lines.filter((line) => line.class === 'extra-copy').reduce((sum, line) => sum + line.count, 0),
  );
}

function problem(path: string, code: FeeProblemCode): FeeProblem {
  return { path, code, message: MESSAGES[code] };
}
