import { t } from '../strings/index.ts';
import { stepName } from '../window/case/CaseHistory.tsx';
import type { Row } from './row.ts';

/** What was done, in a word: a step of the case by its name, else the kind of record. */
export function kindName({ kind, ours }: Pick<Row, 'kind' | 'ours'>): string {
  if (kind === 'case.advanced') return stepName(ours.step);
  return t.returned.kinds[kind] ?? t.returned.otherKind;
}

/** Why the centre did not take it. */
export function reasonOf(code: string): string {
  return t.returned.reasons[code] ?? t.returned.otherReason(code);
}
