import { createHmac } from 'node:crypto';

/**
 * Whose passport it is, short on purpose (domain/preReview/passport.ts). Keyed by the pre-review, so that two slips of one
 * person have nothing in common.
 * @returns six hex digits
 */
export function holderMark(preReviewId: string, idNumber: string): string {
  return createHmac('sha256', `yichuang passport ${preReviewId}`)
    .update(idNumber.toUpperCase())
    .digest('hex')
    .slice(0, 6);
}

/**
 * Who takes a ticket for what, the same at every dispenser of the hall and another one every day: one live ticket for each
 * person and item. Hashed, because tickets go to every terminal.
 * @param day local, ISO @returns 32 hex digits
 */
export function personMark(hall: string, day: string, idNumber: string, itemCode: string): string {
  const key = `yichuang ticket ${hall} ${day}`;
  return createHmac('sha256', key).update(`${idNumber.toUpperCase()} ${itemCode}`).digest('hex').slice(0, 32);
}
