import { isCalendarDate } from '../identity/citizenId.ts';
import { type Refused, refuse } from './result.ts';

export type DayResult = { ok: true; day: string } | Refused<'form' | 'no-such-day'>;

/** A day of the hall's calendar (domain.md §4.9), kept as `YYYY-MM-DD`; `20180523` and `2018年5月23日` are read too. */
export function parseDay(text: string): DayResult {
  const [, year, month, day] =
    /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?)$/u.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ??
    [];
  if (year === undefined || month === undefined || day === undefined) {
    return refuse('form', '日期应写成年-月-日，如 2018-05-23');
  }
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isCalendarDate(iso)) return { ok: true, day: iso };
  const wrongMonth = Number(month) < 1 || Number(month) > 12;
  return refuse('no-such-day', wrongMonth ? '日期的月份应为 1 至 12' : '日期有误：该月没有这一天');
}
