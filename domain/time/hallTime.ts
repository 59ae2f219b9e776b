/** Wall time of the hall: Asia/Shanghai, no daylight saving (domain.md §4.9), whatever the machine's zone is. */

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** @param ms since the epoch @returns `2026-11-23` */
export function hallDay(ms: number): string {
  return hallMinute(ms).slice(0, 10);
}

/** @param instant ISO @returns `2026-11-23` */
export function hallDayOf(instant: string): string {
  return hallDay(Date.parse(instant));
}

/** @param ms since the epoch @returns `2026-11-23 10:42` */
export function hallMinute(ms: number): string {
  return format.format(ms);
}
