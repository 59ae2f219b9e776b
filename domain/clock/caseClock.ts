import type { WorkCalendar } from './calendar.ts';
import { type Due, dueTime } from './dueTime.ts';
import { type ClockReading, type ClockState, readClock } from './elapsed.ts';
import { STATUTORY_LIMIT, type TimeLimit } from './limit.ts';
import { extendHours, type OpeningHoursText, parseOpeningHours } from './openingHours.ts';
import type { ClockRules } from './openTime.ts';
import { type ClockName, type Pause, pauseNow, stopsFor } from './pauses.ts';
import { BUILT_IN_CALENDAR } from './publishedCalendar.ts';

/** A window of the enterprises' green channel: 当天申请、当天办结 (S37), to the end of its own hours (S36). */
export interface GreenChannel {
  /** `18:00`; absent when the window closes with the hall. */
  extendedUntil?: string | undefined;
}

/** The clocks of a case: what the hall promised, what the law allows, and for the green channel the end of the day. */
export interface CaseClock {
  limit: TimeLimit;
  due: Due;
  /** Null where the law sets no limit. */
  statutory: { limit: TimeLimit; due: Due } | null;
  green: (GreenChannel & { due: Due }) | null;
}

export interface CaseReading {
  promise: ClockReading;
  statutory: ClockReading | null;
  green: ClockReading | null;
  /** The worst of them. */
  state: ClockState;
}

interface ClockedCase {
  /** ms since the epoch. */
  acceptedAt: number;
  limit: TimeLimit;
  /** Default: that of registrations. */
  statutoryLimit?: TimeLimit | null;
  pauses: readonly Pause[];
  green?: GreenChannel | null | undefined;
}

/** 当日办结, domain.md §5.4 rule 5. */
const SAME_DAY: TimeLimit = { workingDays: 0 };

const STATES: readonly ClockState[] = ['calm', 'near', 'last', 'over'];

/**
 * A calendar with the hours of this window.
 * @throws RangeError for hours that `parseOpeningHours` refuses
 */
export function clockRules(hours: OpeningHoursText, calendar: WorkCalendar = BUILT_IN_CALENDAR): ClockRules {
  return { calendar, hours: parseOpeningHours(hours) };
}

/**
 * When a case is due. With a pause that still lasts: the earliest due time possible as of `now`. All of a case taken in
 * by the green channel is reckoned with that window's hours.
 */
export function clockCase(hallRules: ClockRules, of: ClockedCase, now: number): CaseClock {
  const { acceptedAt, limit, pauses, statutoryLimit = STATUTORY_LIMIT, green = null } = of;
  const rules = rulesFor(hallRules, green);
  const due = (name: ClockName, ofLimit: TimeLimit): Due =>
    dueTime(rules, acceptedAt, ofLimit, stopsFor(name, pauses, now));
  return {
    limit,
    due: due('promise', limit),
    statutory: statutoryLimit && { limit: statutoryLimit, due: due('statutory', statutoryLimit) },
    green: green && { ...green, due: due('promise', SAME_DAY) },
  };
}

/** How far the clocks have come. */
export function readCase(
  hallRules: ClockRules,
  { acceptedAt, pauses }: Pick<ClockedCase, 'acceptedAt' | 'pauses'>,
  { limit, due, statutory, green }: CaseClock,
  now: number,
): CaseReading {
  const rules = rulesFor(hallRules, green);
  const read = (name: ClockName, ofLimit: TimeLimit, ofDue: Due): ClockReading => {
    const stops = stopsFor(name, pauses, now);
    const paused = pauseNow(name, pauses, now) !== null;
    return readClock(rules, { acceptedAt, limit: ofLimit, due: ofDue, stops, paused }, now);
  };
  const readings = {
    promise: read('promise', limit, due),
    statutory: statutory && read('statutory', statutory.limit, statutory.due),
    green: green && read('promise', SAME_DAY, green.due),
  };
  const worst = Math.max(
    STATES.indexOf(readings.promise.state),
    readings.statutory ? STATES.indexOf(readings.statutory.state) : 0,
    // Red two hours before the close would be every afternoon: of this one only its end counts.
    readings.green?.state === 'over' ? STATES.indexOf('over') : 0,
  );
  return { ...readings, state: STATES[worst] ?? 'calm' };
}

function rulesFor(rules: ClockRules, green: GreenChannel | null): ClockRules {
  return green?.extendedUntil === undefined
    ? rules
    : { ...rules, hours: extendHours(rules.hours, green.extendedUntil) };
}

/** What a case accepted now would be promised: the line on the form, before there is a case. */
export function forecastDue(rules: ClockRules, limit: TimeLimit, now: number): Due {
  return dueTime(rules, now, limit);
}
