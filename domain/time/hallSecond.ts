import { isCalendarDate } from '../identity/citizenId.ts';
import { type Refused, refuse } from '../numbers/result.ts';
import { hallMinute } from './hallTime.ts';

/** A moment of the hall to the second, such as a service by a court (domain.md §3.5): `2026-11-23 09:41:05`. */

const OFFSET_MS = 8 * 3_600_000;

export type HallSecondResult = { ok: true; ms: number } | Refused<'form' | 'date'>;

/** @param ms since the epoch @returns `2026-11-23 09:41:05`, whatever the machine's zone is */
export function hallSecond(ms: number): string {
  return `${hallMinute(ms)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;
}

/** Reads a moment as `hallSecond` writes it; one digit for month, day and hour will do, and a full-width colon. */
export function parseHallSecond(text: string): HallSecondResult {
  const plain = text.trim().replaceAll('：', ':');
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})[\sT]+(\d{1,2}):(\d{2}):(\d{2})$/.exec(plain);
  if (!found) return refuse('form', '时间应精确到秒，如 2026-11-23 09:41:05');
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = found
    .slice(1)
    .map((part) => part.padStart(2, '0'));
  const date = `${year}-${month}-${day}`;
  if (!isCalendarDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return refuse('date', '没有这个时间，请核对');
  }
  return { ok: true, ms: Date.parse(`${date}T${hour}:${minute}:${second}.000Z`) - OFFSET_MS };
}
