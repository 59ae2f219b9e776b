/** A queue that is sent in order: how much waits, and how far the other side has it. */
export interface QueueMark {
  waiting: number;
  /** Any word that changes when something was taken. */
  reached: string;
}

export interface Progress {
  reached: string;
  /** By a clock that nobody sets, ms: when it moved last, or began to have reason to. */
  since: number;
  /** When it was looked at last. */
  seen: number;
}

/** Without progress for so long, while the other side answers, something is wrong (users.md §A.1). */
export const STUCK_AFTER_MS = 60_000;
/** Looked at more seldom than this the machine slept: nothing is known of the time between. */
const SLEPT_AFTER_MS = 30_000;

/**
 * One look at a queue.
 * @param isHeard the other side answers and asked for no pause: there is no reason to wait
 * @param at of a clock that nobody sets, ms
 * @returns null while there is nothing to expect
 */
export function lookAtProgress(
  before: Progress | null,
  { waiting, reached }: QueueMark,
  isHeard: boolean,
  at: number,
): Progress | null {
  if (waiting === 0 || !isHeard) return null;
  const goesOn = before !== null && before.reached === reached && at - before.seen <= SLEPT_AFTER_MS;
  return { reached, since: goesOn ? before.since : at, seen: at };
}

export function isStuck(progress: Progress | null): boolean {
  return progress !== null && progress.seen - progress.since >= STUCK_AFTER_MS;
}
