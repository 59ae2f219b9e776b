import type { CalendarOverride, CalendarYear, WorkCalendar } from './calendar.ts';
import { HOLIDAYS } from './holidays.ts';

/** A year as a centre publishes it. */
export interface PublishedYear extends CalendarYear {
  year: number;
  /** False: not compared with the notice yet. Dates are then reckoned with it, and stay provisional. */
  verified: boolean;
}

/** What a centre publishes: whole, in place of what it published before. */
export interface CalendarPublication {
  years: readonly PublishedYear[];
  /** Local orders (周末不打烊 and the like), each with the text it rests on. */
  overrides: readonly CalendarOverride[];
}

/** Known with the program: the published years to its date, and no local orders. */
export const BUILT_IN_CALENDAR: WorkCalendar = { years: HOLIDAYS, overrides: [] };

/** The built-in years with the published ones laid over them: a centre need publish only what the program lacks. */
export function calendarOf(publication: CalendarPublication | null): WorkCalendar {
  if (!publication) return BUILT_IN_CALENDAR;
  const years = publication.years.map(({ year, ...rest }) => [year, rest] as const);
  return { years: { ...HOLIDAYS, ...Object.fromEntries(years) }, overrides: publication.overrides };
}
