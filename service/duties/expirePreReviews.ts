import { PRE_REVIEW_STATES, type PreReviewRecord } from '../../domain/preReview/types.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A passport is good for its day; one day more for a case that a window without a network has still to send. */
const OPEN_DAYS = 2;

/**
 * Ends pre-reviews made here that are still open two days after their last change (domain.md §7.4).
 * @returns how many
 */
export function expirePreReviews({
  store,
  config,
  now,
  committed,
}: Pick<ServiceContext, 'store' | 'config' | 'now' | 'committed'>): number {
  const at = new Date(now()).toISOString();
  const lastDay = hallDay(now() - OPEN_DAYS * DAY_MS);
  const left = PRE_REVIEW_STATES.filter((state) => state !== 'ENDED')
    .flatMap((state) => store.hall.byKey('prereview', state))
    .filter(({ terminal }) => terminal === config.terminal.id)
    .filter((record) => hallDayOf(lastChange(record)) <= lastDay);
  for (const { id } of left) {
    const body = { at, how: 'expired' } as const;
    store.ledger.append({ kind: 'prereview.ended', stream: `prereview:${id}`, actor: 'system', body });
  }
  if (left.length > 0) committed(left.map(({ id }) => `prereview:${id}`));
  return left.length;
}

function lastChange({ at, sentBack }: PreReviewRecord): string {
  const back = sentBack.at(-1)?.at ?? at;
  return back > at ? back : at;
}
