import { caseTimeOf } from '../../../domain/case/caseTime.ts';
import type { CaseRecord } from '../../../domain/case/types.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import { clockCase, readCase } from '../../../domain/clock/caseClock.ts';
import type { ClockRules } from '../../../domain/clock/openTime.ts';

/** Over its promise, now or when it ended: a reason is owed (domain.md §5.4 rule 8). */
export function isOverdue(rules: ClockRules, record: CaseRecord, now: Date, catalogue: Catalogue): boolean {
  const { limit, endedAt, ...time } = caseTimeOf(record, catalogue);
  if (limit === null) return false;
  const at = endedAt ?? now.getTime();
  return readCase(rules, time, clockCase(rules, { ...time, limit }, at), at).promise.state === 'over';
}
