import type { CaseRecord } from '../case/types.ts';
import { hallDayOf } from '../time/hallTime.ts';

/** Why somebody had to come again, although 只跑一次 is the promise (S1, X5). */
export type SecondVisitReason = 'supplement' | 'pickup-another-day' | 'no-show';

export interface Visits {
  /** How often the applicant stood in the hall for this case, 1 at least. */
  count: number;
  reasons: SecondVisitReason[];
}

/**
 * Visits as the log shows them: the acceptance; each day on which supplements were handed in; the pickup when it was on
 * another day than the last visit. What went by express (T36) asked nobody to come.
 */
export function visitsOf({ history, acceptedAt }: Pick<CaseRecord, 'history' | 'acceptedAt'>): Visits {
  let day = hallDayOf(acceptedAt);
  let count = 1;
  const reasons: SecondVisitReason[] = [];
  let hasMissedCall = false;
  for (const { step, at } of history) {
    if (step === 'T35') hasMissedCall = true;
    const isVisit = step === 'T16' || step === 'T34' || step === 'T40';
    const visitDay = hallDayOf(at);
    if (!isVisit || visitDay === day) continue;
    day = visitDay;
    count += 1;
    reasons.push(step === 'T16' ? 'supplement' : hasMissedCall ? 'no-show' : 'pickup-another-day');
  }
  return { count, reasons };
}
