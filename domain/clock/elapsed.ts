import { countsAsDay, type Due, dayBeforeFirst } from './dueTime.ts';
import type { TimeLimit } from './limit.ts';
import { dayOf, type HallMinute, MINUTES_PER_DAY, toHallMinute } from './localTime.ts';
import { type ClockRules, closeOf, openMinutes, openTimesOn, standsAt } from './openTime.ts';
import type { Stop } from './pauses.ts';

/**
 * `last` is red but not overdue: the last day of a limit of days from two hours before its close, and a provisional end
 * that is past, because nobody may be called overdue by a date that is not sure.
 */
export type ClockState = 'calm' | 'near' | 'last' | 'over';

/** Why no minute runs at the moment. */
export type Standstill = 'before-opening' | 'break' | 'closed' | 'day-off' | 'paused';

export interface ClockReading {
  /** Opening minutes used, or working days that have ended; goes on beyond the limit. */
  used: number;
  /** Minutes or working days left, today included; never below 0. */
  left: number;
  /** Used part of the budget in opening time: 0 to 1, above 1 when over. */
  share: number;
  state: ClockState;
  standstill: Standstill | null;
}

/** domain.md §3.2. */
const NEAR_MINUTES = 0.7;
const NEAR_DAYS = 0.5;
const LAST_MINUTES = 120;

/** What a page needs of one clock of a case. */
export interface RunningClock {
  /** ms since the epoch. */
  acceptedAt: number;
  limit: TimeLimit;
  due: Due;
  stops: readonly Stop[];
  /** A pause holds it now. */
  paused: boolean;
}

/** How far a clock has come. @param now ms since the epoch; before the acceptance nothing is used */
export function readClock(rules: ClockRules, clock: RunningClock, now: number): ClockReading {
  const start = toHallMinute(clock.acceptedAt);
  const minute = Math.max(start, toHallMinute(now));
  const due = toHallMinute(clock.due.at);
  const { used, budget, share } =
    'minutes' in clock.limit
      ? readMinutes(rules, clock, start, minute, clock.limit.minutes)
      : 'days' in clock.limit
        ? readCalendarDays(rules, clock, start, minute, clock.limit.days)
        : readDays(rules, clock, start, minute, clock.limit.workingDays);
  const past = now > clock.due.at;
  return {
    used,
    left: past ? 0 : Math.max(0, budget - used),
    share,
    state: past ? (clock.due.provisional ? 'last' : 'over') : stateBefore(clock.limit, share, due - minute),
    standstill: clock.paused ? 'paused' : standstillAt(rules, minute),
  };
}

/** Why the hall is not open in this minute. */
function standstillAt(rules: ClockRules, minute: HallMinute): Standstill | null {
  const times = openTimesOn(rules, dayOf(minute));
  const [first] = times;
  if (!first) return 'day-off';
  if (minute < first.from) return 'before-opening';
  if (times.some((time) => time.from <= minute && minute < time.to)) return null;
  return times.some((time) => minute < time.from) ? 'break' : 'closed';
}

interface Usage {
  used: number;
  budget: number;
  share: number;
}

function readMinutes(
  rules: ClockRules,
  { stops }: RunningClock,
  start: HallMinute,
  minute: HallMinute,
  budget: number,
): Usage {
  const used = openMinutes(rules, start, minute, stops);
  return { used, budget, share: used / budget };
}

function readDays(
  rules: ClockRules,
  { stops, due }: RunningClock,
  start: HallMinute,
  minute: HallMinute,
  days: number,
): Usage {
  const before = dayBeforeFirst(rules, start, days);
  let used = 0;
  for (let day = before + 1; day <= dayOf(minute); day++) {
    const close = closeOf(rules, day);
    if (close !== null && close <= minute && !standsAt(close, stops)) used += 1;
  }
  const from = Math.max(start, (before + 1) * MINUTES_PER_DAY);
  const whole = openMinutes(rules, from, toHallMinute(due.at), stops);
  const share = whole === 0 ? 1 : openMinutes(rules, from, Math.max(from, minute), stops) / whole;
  return { used, budget: Math.max(1, days), share };
}

function readCalendarDays(
  rules: ClockRules,
  { stops, due }: RunningClock,
  start: HallMinute,
  minute: HallMinute,
  days: number,
): Usage {
  let used = 0;
  for (let day = dayOf(start) + 1; day <= dayOf(minute); day++) {
    const close = closeOf(rules, day) ?? (day + 1) * MINUTES_PER_DAY;
    if (close <= minute && countsAsDay(rules, day, stops)) used += 1;
  }
  const whole = openMinutes(rules, start, toHallMinute(due.at), stops);
  return { used, budget: days, share: whole === 0 ? 1 : openMinutes(rules, start, minute, stops) / whole };
}

function stateBefore(limit: TimeLimit, share: number, minutesToDue: number): ClockState {
  if ('minutes' in limit) return share >= NEAR_MINUTES ? 'near' : 'calm';
  if (minutesToDue <= LAST_MINUTES) return 'last';
  return share >= NEAR_DAYS ? 'near' : 'calm';
}
