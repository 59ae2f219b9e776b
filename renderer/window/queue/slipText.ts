import type { PreReviewBy } from './deskTypes.ts';

/** Head of a passport's text (domain/preReview/passport.ts); a scanner types it into the find box. */
const PASSPORT = /^YC1\*\S{20,}$/;
const NUMBER = /^Y\d{14}$/;

/** @returns what a scanned slip names, or null for what is searched for among the cases */
export function preReviewIn(text: string): PreReviewBy | null {
  const scanned = text.trim();
  if (PASSPORT.test(scanned)) return { passport: scanned };
  return NUMBER.test(scanned.toUpperCase()) ? { number: scanned.toUpperCase() } : null;
}
