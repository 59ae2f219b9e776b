/**
 * Wall time of the hall as plain arithmetic: UTC+8 all year. China has had one zone since 1949 and no daylight saving
 * since the last one ended on 15 September 1991, so no zone data is needed, and none that is out of date on an old
 * machine can harm. `time/hallTime.ts` writes the same time for people; a test holds the two together.
 *
 * A `HallMinute` counts whole minutes of wall time since 1970-01-01 00:00 in the hall, a `HallDay` whole days.
 */

export type HallMinute = number;
export type HallDay = number;

/** Monday 1 … Sunday 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const MINUTES_PER_DAY = 1440;
const OFFSET_MINUTES = 8 * 60;
const MS_PER_MINUTE = 60_000;

/** @param ms since the epoch; seconds are cut off, as on every paper of the hall */
export function toHallMinute(ms: number): HallMinute {
  return Math.floor(ms / MS_PER_MINUTE) + OFFSET_MINUTES;
}

/** @returns ms since the epoch */
export function toInstant(minute: HallMinute): number {
  return (minute - OFFSET_MINUTES) * MS_PER_MINUTE;
}

export function dayOf(minute: HallMinute): HallDay {
  return Math.floor(minute / MINUTES_PER_DAY);
}

/** @returns `2026-11-23` */
export function dayName(day: HallDay): string {
  return new Date(day * MINUTES_PER_DAY * MS_PER_MINUTE).toISOString().slice(0, 10);
}

export function weekdayOf(day: HallDay): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
