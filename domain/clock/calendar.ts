import { dayName, type HallDay, weekdayOf } from './localTime.ts';

/** What one yearly notice of the State Council's office says (domain.md §5.1). */
export interface CalendarYear {
  /** Where it is published. */
  source: string;
  /** Days off as `MM-DD`, weekends inside a holiday included. */
  off: readonly string[];
  /** Weekend days worked instead (调休). */
  working: readonly string[];
  /** False: not compared with the notice yet, so nothing that rests on it is sure. */
  verified?: boolean | undefined;
}

/** A local order: the hall opens on a Saturday, or closes on a working day. */
export interface CalendarOverride {
  /** `2026-11-28` */
  day: string;
  kind: 'working' | 'off';
  /** The order, for whoever asks why. */
  source: string;
}

export interface WorkCalendar {
  years: Readonly<Record<number, CalendarYear>>;
  overrides: readonly CalendarOverride[];
}

export type DayKind = 'working' | 'off' | 'unknown';

/** A notice reaches back: that of 2019 made 29 December 2018 a working day and 31 December a day off. */
const FIRST_DAY_OF_NEXT_NOTICE = '12-29';

/**
 * Holidays that are the law's own and fall on the same date every year (全国年节及纪念日放假办法, 2024 revision). 清明 falls on
 * 4 or 5 April.
 */
const FIXED_HOLIDAYS = ['01-01', '04-04', '04-05', '05-01', '05-02', '10-01', '10-02', '10-03'];

/** Never guesses: a day that no published notice covers is `unknown`, weekends too, because they may be worked. */
export function kindOfDay(calendar: WorkCalendar, day: HallDay): DayKind {
  const name = dayName(day);
  const override = calendar.overrides.find((each) => each.day === name);
  if (override) return override.kind;
  if (missingYearOf(calendar, day) !== null) return 'unknown';
  return kindInNotice(calendar, name) ?? (isWeekend(day) ? 'off' : 'working');
}

/** @returns null for a day the notice of its year does not name */
function kindInNotice(calendar: WorkCalendar, name: string): 'working' | 'off' | null {
  const year = calendar.years[Number(name.slice(0, 4))];
  const date = name.slice(5);
  if (year?.off.includes(date)) return 'off';
  return year?.working.includes(date) ? 'working' : null;
}

function isSure(calendar: WorkCalendar, year: number): boolean {
  const known = calendar.years[year];
  return known !== undefined && known.verified !== false;
}

/** @returns the year whose notice would have to be known to say what this day is; null when it is known */
export function missingYearOf(calendar: WorkCalendar, day: HallDay): number | null {
  const name = dayName(day);
  const year = Number(name.slice(0, 4));
  if (!isSure(calendar, year)) return year;
  return name.slice(5) >= FIRST_DAY_OF_NEXT_NOTICE && !isSure(calendar, year + 1) ? year + 1 : null;
}

/**
 * The kind a provisional date is reckoned with: weekends and the law's fixed holidays are off. Make-up days and the
 * holidays of the moon's year are in no law, so the real date may be earlier or later: whoever uses this must say so.
 */
export function presumedKind(calendar: WorkCalendar, day: HallDay): 'working' | 'off' {
  const kind = kindOfDay(calendar, day);
  if (kind !== 'unknown') return kind;
  // A year that nobody has compared with the notice is still a better guess than the weekdays alone.
  const named = kindInNotice(calendar, dayName(day));
  if (named) return named;
  return isWeekend(day) || FIXED_HOLIDAYS.includes(dayName(day).slice(5)) ? 'off' : 'working';
}

function isWeekend(day: HallDay): boolean {
  return weekdayOf(day) >= 6;
}
