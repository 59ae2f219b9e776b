import type { CaseClock } from '../clock/caseClock.ts';
import { hallDay, hallMinute } from '../time/hallTime.ts';

/**
 * 承诺办结时间 as it stands on paper. A provisional time is not printed: the paper leaves the house, and the calendar that
 * decides it is not published yet.
 */
export function promisedTime({ limit, due }: Pick<CaseClock, 'limit' | 'due'>): string {
  if (due.provisional) return '以工作日历公布为准';
  // A hall that closes at 24:00 closes on the day before that instant.
  return 'minutes' in limit ? `${hallMinute(due.at)} 前` : `${hallDay(due.at - 1)} 下班前`;
}
