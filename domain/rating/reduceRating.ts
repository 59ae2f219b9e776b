import type { RatingBodies, RatingGiven, RatingRecord } from './types.ts';

export type RatingOp = { [K in 'rating.given' | 'rating.answered']: { kind: K; body: RatingBodies[K] } }[
  | 'rating.given'
  | 'rating.answered'];

/**
 * One service counts once, over all ways of answering. The window says what was pressed there, once; a phone's answer
 * reaches the hub by itself, before or after that. In either order the same is left: a grade before silence, and of two
 * grades the one that was given first.
 * @returns the rating after the op, or null when it is not legal there
 */
export function stepRating(current: RatingRecord | null, id: string, { kind, body }: RatingOp): RatingRecord | null {
  if (current === null) return { ...body, id, version: 1 };
  if (kind === 'rating.given' && current.way !== 'qr') return null;
  return { ...first(current, body), id, version: current.version + 1 };
}

function first(before: RatingGiven, after: RatingGiven): RatingGiven {
  if (before.grade === null || after.grade === null) return before.grade === null ? after : before;
  const [early, late] = before.at <= after.at ? [before, after] : [after, before];
  // Of one millisecond: what was pressed at the window.
  return early.at === late.at && early.way === 'qr' ? late : early;
}
