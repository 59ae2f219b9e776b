import type { ReturnDecision } from '../../domain/returned/types.ts';
import { t } from '../strings/index.ts';
import { stepName } from '../window/case/CaseHistory.tsx';
import type { Row } from './row.ts';

/** What was done, in a word: a step of the case by its name, else the kind of record. */
export function kindName({ kind, ours }: Pick<Row, 'kind' | 'ours'>): string {
  if (kind === 'case.advanced') return stepName(ours.step);
  return t.returned.kinds[kind] ?? t.returned.otherKind;
}

/** What a decision is called, asked with and comes to: an acceptance is not taken again, it becomes another case. */
export function decisionWords({ kind }: Pick<Row, 'kind'>, decision: ReturnDecision) {
  if (kind === 'case.accepted' && decision === 'done-again') return t.returned.anew;
  const { decide, decideTitle, effect, notes } = t.returned;
  return { go: decide[decision], title: decideTitle[decision], effect: effect[decision], notes: notes[decision] };
}

/** Why the centre did not take it. */
export function reasonOf(code: string): string {
  return t.returned.reasons[code] ?? t.returned.otherReason(code);
}
