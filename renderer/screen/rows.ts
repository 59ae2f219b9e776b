import type { ScreenCall } from '../../contract/rpc/screen.ts';

/** Which numbers a screen shows, of all that were called; pure, times in ms since the epoch by the server's clock. */

/** A number leaves the screen this long after its last call (users.md §B.2). */
const KEEP_MS = 10 * 60_000;
/** The newest one draws the eye this long. */
export const FRESH_MS = 10_000;
/** When more people are awaited than there are rows, they take turns. */
const TURN_MS = 6_000;

export interface ShownCalls {
  rows: ScreenCall[];
  /** Which part of the awaited is shown, when they take turns; from 1. */
  turn: { at: number; of: number } | null;
}

/**
 * Newest first. When there are more than rows, those who came to their window leave first; when still too many are
 * awaited, the newest stays and the others take turns, so that nobody waits for a number that was never shown.
 * @param calls newest first
 */
export function callsToShow(calls: readonly ScreenCall[], rows: number, now: number): ShownCalls {
  const kept = calls.filter((call) => ageOf(call, now) < KEEP_MS);
  if (kept.length <= rows) return { rows: kept, turn: null };
  const awaited = kept.filter((call) => call.isAwaited);
  if (awaited.length <= rows) {
    const others = kept.filter((call) => !call.isAwaited).slice(0, rows - awaited.length);
    return { rows: kept.filter((call) => awaited.includes(call) || others.includes(call)), turn: null };
  }
  const [newest, ...rest] = awaited as [ScreenCall, ...ScreenCall[]];
  const size = Math.max(1, rows - 1);
  const turns = Math.ceil(rest.length / size);
  const turn = Math.floor(now / TURN_MS) % turns;
  // The last turn is filled up with some of the one before: no row stays empty.
  const first = Math.min(turn * size, rest.length - size);
  const part = rest.slice(first, first + size);
  return { rows: [newest, ...part], turn: { at: turn + 1, of: turns } };
}

export function isFresh(call: ScreenCall, now: number): boolean {
  return ageOf(call, now) < FRESH_MS;
}

/** Whole minutes in which both ends of the range lie, never promising less than it may take. */
export function minutesOf({ fromMs, toMs }: { fromMs: number; toMs: number }): { from: number; to: number } {
  return { from: Math.floor(fromMs / 60_000), to: Math.max(1, Math.ceil(toMs / 60_000)) };
}

/** Calls of a clock that runs a little ahead are new, not old. */
function ageOf(call: ScreenCall, now: number): number {
  return Math.max(0, now - Date.parse(call.at));
}
