import type { WorkCalendar } from './calendar.ts';
import { type Due, dueTime } from './dueTime.ts';
import { type ClockReading, type ClockState, readClock } from './elapsed.ts';
import { STATUTORY_LIMIT, type TimeLimit } from './limit.ts';
import { type OpeningHoursText, parseOpeningHours } from './openingHours.ts';
import type { ClockRules } from './openTime.ts';
import { type ClockName, type Pause, pauseNow, stopsFor } from './pauses.ts';
import { BUILT_IN_CALENDAR } from './publishedCalendar.ts';

/** Both clocks of a case: what the hall promised and what the law allows (domain.md §2.6). */
export interface CaseClock {
  limit: TimeLimit;
  due: Due;
  statutoryDue: Due;
}

export interface CaseReading {
  promise: ClockReading;
  statutory: ClockReading;
  /** The worse of the two. */
  state: ClockState;
}

interface ClockedCase {
  /** ms since the epoch. */
  acceptedAt: number;
  limit: TimeLimit;
  pauses: readonly Pause[];
}

const STATES: readonly ClockState[] = ['calm', 'near', 'last', 'over'];

/**
 * A calendar with the hours of this window.
 * @throws RangeError for hours that `parseOpeningHours` refuses
 */
export function clockRules(hours: OpeningHoursText, calendar: WorkCalendar = BUILT_IN_CALENDAR): ClockRules {
  return { calendar, hours: parseOpeningHours(hours) };
}

/** When a case is due. With a pause that still lasts: the earliest due time possible as of `now`. */
export function clockCase(rules: ClockRules, { acceptedAt, limit, pauses }: ClockedCase, now: number): CaseClock {
  return {
    limit,
    due: dueTime(rules, acceptedAt, limit, stopsFor('promise', pauses, now)),
    statutoryDue: dueTime(rules, acceptedAt, STATUTORY_LIMIT, stopsFor('statutory', pauses, now)),
  };
}

/** How far both clocks have come. */
export function readCase(
  rules: ClockRules,
  { acceptedAt, pauses }: Omit<ClockedCase, 'limit'>,
  { limit, due, statutoryDue }: CaseClock,
  now: number,
): CaseReading {
  const read = (name: ClockName, ofLimit: TimeLimit, ofDue: Due): ClockReading => {
    const stops = stopsFor(name, pauses, now);
    const paused = pauseNow(name, pauses, now) !== null;
    return readClock(rules, { acceptedAt, limit: ofLimit, due: ofDue, stops, paused }, now);
  };
  const promise = read('promise', limit, due);
  const statutory = read('statutory', STATUTORY_LIMIT, statutoryDue);
  const worst = Math.max(STATES.indexOf(promise.state), STATES.indexOf(statutory.state));
  return { promise, statutory, state: STATES[worst] ?? 'calm' };
}

/** What a case accepted now would be promised: the line on the form, before there is a case. */
export function forecastDue(rules: ClockRules, limit: TimeLimit, now: number): Due {
  return dueTime(rules, now, limit);
}
