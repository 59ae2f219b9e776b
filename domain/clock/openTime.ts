import { kindOfDay, missingYearOf, presumedKind, type WorkCalendar } from './calendar.ts';
import { dayOf, type HallDay, type HallMinute, MINUTES_PER_DAY, weekdayOf } from './localTime.ts';
import { type OpeningHours, spansOn } from './openingHours.ts';
import type { Stop } from './pauses.ts';

/** What every clock is reckoned by. */
export interface ClockRules {
  calendar: WorkCalendar;
  hours: OpeningHours;
}

export interface OpenTime {
  from: HallMinute;
  to: HallMinute;
}

/** Collects the years without a notice that a reckoning came across. */
export type MissingYears = Set<number>;

/** The opening times of a day; none on a day off. */
export function openTimesOn(rules: ClockRules, day: HallDay, missing?: MissingYears): OpenTime[] {
  if (!worksOn(rules, day, missing)) return [];
  const start = day * MINUTES_PER_DAY;
  return spansOn(rules.hours, weekdayOf(day)).map(({ from, to }) => ({ from: start + from, to: start + to }));
}

/** @returns null on a day off */
export function closeOf(rules: ClockRules, day: HallDay, missing?: MissingYears): HallMinute | null {
  return openTimesOn(rules, day, missing).at(-1)?.to ?? null;
}

/** Opening minutes from `from` until `to` in which no stop holds the clock. */
export function openMinutes(rules: ClockRules, from: HallMinute, to: HallMinute, stops: readonly Stop[] = []): number {
  let sum = 0;
  for (let day = dayOf(from); day * MINUTES_PER_DAY < to; day++) {
    for (const time of openTimesOn(rules, day)) {
      const part = { from: Math.max(time.from, from), to: Math.min(time.to, to) };
      for (const free of withoutStops(part, stops)) sum += free.to - free.from;
    }
  }
  return sum;
}

/** What is left of a time when the stops are cut out. Stops are in order and do not overlap. */
export function withoutStops(time: OpenTime, stops: readonly Stop[]): OpenTime[] {
  const left: OpenTime[] = [];
  let from = time.from;
  for (const stop of stops) {
    if (stop.to <= from || stop.from >= time.to) continue;
    if (stop.from > from) left.push({ from, to: stop.from });
    from = stop.to;
  }
  if (from < time.to) left.push({ from, to: time.to });
  return left;
}

/** A working day counts if the clock runs at its close (domain.md §5.4 rule 6): up to it, not from it on. */
export function standsAt(minute: HallMinute, stops: readonly Stop[]): boolean {
  return stops.some((stop) => stop.from < minute && minute <= stop.to);
}

function worksOn(rules: ClockRules, day: HallDay, missing?: MissingYears): boolean {
  const { calendar } = rules;
  if (missing && kindOfDay(calendar, day) === 'unknown') {
    const year = missingYearOf(calendar, day);
    if (year !== null) missing.add(year);
  }
  return presumedKind(calendar, day) === 'working';
}
