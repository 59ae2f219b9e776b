const DAY_MS = 24 * 3_600_000;
/** domain.md §3.8: 3 no-shows in 90 days, then only same-day tickets for 30 days. */
const NO_SHOWS = 3;
const WITHIN_DAYS = 90;
const BLOCKED_DAYS = 30;

/**
 * Until when somebody may not book.
 * @param missed days of appointments nobody came to, ISO, in any order
 * @param today ISO day
 * @returns the last day, ISO, or null when they may book today
 */
export function blockedUntil(missed: readonly string[], today: string): string | null {
  const days = missed.map((day) => Date.parse(day)).sort((a, b) => a - b);
  const ends = days.flatMap((day, index) => {
    const first = days[index - NO_SHOWS + 1];
    return first !== undefined && day - first < WITHIN_DAYS * DAY_MS ? [day + BLOCKED_DAYS * DAY_MS] : [];
  });
  const last = Math.max(...ends);
  return ends.length > 0 && Date.parse(today) <= last ? new Date(last).toISOString().slice(0, 10) : null;
}
