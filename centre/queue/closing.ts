import { dayOf, toHallMinute, toInstant } from '../../domain/clock/localTime.ts';
import type { OpeningHours } from '../../domain/clock/openingHours.ts';
import { closeOf } from '../../domain/clock/openTime.ts';
import { calendarOf } from '../../domain/clock/publishedCalendar.ts';
import { CALENDAR_STREAM } from '../../domain/ledger/published.ts';
import type { KnownLedger } from '../store/types.ts';

/**
 * When the hall closes on the day of `now`, by the published calendar and its hours.
 * @param now milliseconds since 1970, UTC
 * @returns milliseconds since 1970, UTC; null on a day off
 */
export function closingOf(known: Pick<KnownLedger, 'findEntity'>, hours: OpeningHours, now: number): number | null {
  const entity = known.findEntity(CALENDAR_STREAM)?.entity;
  const calendar = calendarOf(entity?.type === 'calendar' ? entity.record.calendar : null);
  const minute = closeOf({ calendar, hours }, dayOf(toHallMinute(now)));
  return minute === null ? null : toInstant(minute);
}
