import { dayName, dayOf, toHallMinute, toInstant } from '../../domain/clock/localTime.ts';
import { type ClockRules, closeOf } from '../../domain/clock/openTime.ts';

/** No holiday closes the hall for longer. */
const MOST_DAYS_CLOSED = 14;

/** When the hall closes on the day of `now`, ms since 1970; null on a day off. */
export function closesAt(rules: ClockRules, now: number): number | null {
  const close = closeOf(rules, dayOf(toHallMinute(now)));
  return close === null ? null : toInstant(close);
}

/** The next day after that of `now` on which the hall is open, ISO; null when none is near. */
export function nextOpeningDay(rules: ClockRules, now: number): string | null {
  const today = dayOf(toHallMinute(now));
  for (let day = today + 1; day <= today + MOST_DAYS_CLOSED; day++) {
    if (closeOf(rules, day) !== null) return dayName(day);
  }
  return null;
}
