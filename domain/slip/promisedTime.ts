import type { CaseClock } from '../clock/caseClock.ts';
import { dueDay } from '../clock/dueTime.ts';
import { hallMinute } from '../time/hallTime.ts';

/**
 * 承诺办结时间 as it stands on paper. A provisional time is not printed: the paper leaves the house, and the calendar that
 * decides it is not published yet.
 */
export function promisedTime({ limit, due }: Pick<CaseClock, 'limit' | 'due'>): string {
  if (due.provisional) return '以工作日历公布为准';
  return 'minutes' in limit ? `${hallMinute(due.at)} 前` : `${dueDay(due)} 下班前`;
}
