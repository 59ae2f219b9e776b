import { hallMinute } from '../../domain/time/hallTime.ts';

/**
 * Dates and times as the hall writes them: 10:42, 2018-11-23, 12 minutes as a number (faces.md, "Words"). Always in the
 * hall's zone: the slip, the service and the page must name the same day.
 */

/** `2018-11-23 10:42` */
export function localMinute(iso: string): string {
  return hallMinute(Date.parse(iso));
}

/** `2018-11-23` */
export function localDay(iso: string): string {
  return localMinute(iso).slice(0, 10);
}

/** `10:42` */
export function localTime(iso: string): string {
  return localMinute(iso).slice(11, 16);
}

/** Today `10:42`, this year `11-22 10:42`, else the whole date. */
export function shortMoment(iso: string, nowIso: string): string {
  const then = localMinute(iso);
  const now = localMinute(nowIso);
  if (then.slice(0, 10) === now.slice(0, 10)) return then.slice(11, 16);
  return then.slice(0, 4) === now.slice(0, 4) ? then.slice(5, 16) : then.slice(0, 10);
}

/** `W07` → `7`: the number over the window. Other terminals keep their id. */
export function windowNumber(terminal: string): string {
  return /^W\d{2}$/.test(terminal) ? String(Number(terminal.slice(1))) : terminal;
}

/** `20181123 07 0012`: day, terminal, sequence, so that the eye finds the last four. */
export function groupCaseNumber(number: string): string {
  return number.length === 14 ? `${number.slice(0, 8)} ${number.slice(8, 10)} ${number.slice(10)}` : number;
}

/** Clock offset in whole seconds with sign; under two seconds counts as none. */
export function offsetSeconds(ms: number): number {
  const seconds = Math.round(ms / 1000);
  return Math.abs(seconds) < 2 ? 0 : seconds;
}
