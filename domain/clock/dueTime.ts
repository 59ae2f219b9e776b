import { hallDay } from '../time/hallTime.ts';
import type { TimeLimit } from './limit.ts';
import { dayOf, type HallDay, type HallMinute, MINUTES_PER_DAY, toHallMinute, toInstant } from './localTime.ts';
import { type ClockRules, closeOf, type MissingYears, openTimesOn, standsAt, withoutStops } from './openTime.ts';
import type { Stop } from './pauses.ts';

export interface Due {
  /** ms since the epoch, on a full minute. */
  at: number;
  /** Reckoned across days that no notice covers yet: show it as such, and never call a case overdue by it. */
  provisional: boolean;
  /** The reason: years whose calendar is not known. Empty unless provisional. */
  missingYears: readonly number[];
}

/** Far beyond 30 working days with all lawful pauses; a clock that has not ended then has a wrong calendar. */
const MAX_DAYS = 3660;

/**
 * When a limit ends (domain.md §5.4). Minutes run in opening minutes only and begin at the next opening when accepted
 * outside. Of days the day of acceptance does not count, whatever its hour (民法典 §201); the limit ends at the close of
 * the last one (§203).
 * @param acceptedAt ms since the epoch
 * @param stops of this clock, from `stopsFor`
 * @throws RangeError when no such time comes within ten years
 */
export function dueTime(rules: ClockRules, acceptedAt: number, limit: TimeLimit, stops: readonly Stop[] = []): Due {
  const missing: MissingYears = new Set();
  const start = toHallMinute(acceptedAt);
  const end =
    'minutes' in limit
      ? endOfMinutes(rules, start, limit.minutes, stops, missing)
      : 'days' in limit
        ? endOfCalendarDays(rules, start, limit.days, stops, missing)
        : endOfDays(rules, start, limit.workingDays, stops, missing);
  return { at: toInstant(end), provisional: missing.size > 0, missingYears: [...missing].sort() };
}

/** The first minute at or after `start` in which the hall is open. */
export function nextOpening(rules: ClockRules, start: HallMinute, missing?: MissingYears): HallMinute {
  for (const day of daysFrom(dayOf(start))) {
    for (const time of openTimesOn(rules, day, missing)) {
      if (time.to > start) return Math.max(time.from, start);
    }
  }
  throw tooFar();
}

/** The day before the first one that can count: the day of acceptance, or for 当日办结 the day before the clock starts. */
export function dayBeforeFirst(rules: ClockRules, start: HallMinute, days: number, missing?: MissingYears): HallDay {
  return days === 0 ? dayOf(nextOpening(rules, start, missing)) - 1 : dayOf(start);
}

function endOfMinutes(
  rules: ClockRules,
  start: HallMinute,
  minutes: number,
  stops: readonly Stop[],
  missing: MissingYears,
): HallMinute {
  let left = minutes;
  for (const day of daysFrom(dayOf(start))) {
    for (const time of openTimesOn(rules, day, missing)) {
      for (const free of withoutStops({ from: Math.max(time.from, start), to: time.to }, stops)) {
        if (free.to - free.from >= left) return free.from + left;
        left -= free.to - free.from;
      }
    }
  }
  throw tooFar();
}

function endOfDays(
  rules: ClockRules,
  start: HallMinute,
  days: number,
  stops: readonly Stop[],
  missing: MissingYears,
): HallMinute {
  let left = Math.max(1, days);
  for (const day of daysFrom(dayBeforeFirst(rules, start, days, missing) + 1)) {
    const close = closeOf(rules, day, missing);
    if (close === null || standsAt(close, stops)) continue;
    left -= 1;
    if (left === 0) return close;
  }
  throw tooFar();
}

/** Days off count like any other, but the last one is a working day. */
function endOfCalendarDays(
  rules: ClockRules,
  start: HallMinute,
  days: number,
  stops: readonly Stop[],
  missing: MissingYears,
): HallMinute {
  let left = days;
  for (const day of daysFrom(dayOf(start) + 1)) {
    if (countsAsDay(rules, day, stops)) left -= 1;
    const close = closeOf(rules, day, missing);
    if (left <= 0 && close !== null && !standsAt(close, stops)) return close;
  }
  throw tooFar();
}

/** A calendar day counts if the clock runs at its close; a day off closes at midnight. */
export function countsAsDay(rules: ClockRules, day: HallDay, stops: readonly Stop[]): boolean {
  return !standsAt(closeOf(rules, day) ?? (day + 1) * MINUTES_PER_DAY, stops);
}

function* daysFrom(first: HallDay): Generator<HallDay> {
  for (let day = first; day < first + MAX_DAYS; day++) yield day;
}

function tooFar(): RangeError {
  return new RangeError(`no end within ${(MAX_DAYS * MINUTES_PER_DAY) / 60} hours`);
}

/** The day on which a limit ends, ISO. A hall that closes at 24:00 closes on the day before that instant. */
export function dueDay({ at }: Pick<Due, 'at'>): string {
  return hallDay(at - 1);
}
