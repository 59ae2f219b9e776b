import { z } from 'zod';
import { staffNumber, ticketNumber } from './ops/ticket.ts';

/** `POST /office/v1/queue/rating-link`: a window asks the hub for an address at which a phone may rate this service, once. */
export const ratingLinkRequest = z.strictObject({
  /** Of the rating; its stream takes one answer. */
  id: z.uuid(),
  ticketId: z.uuid(),
  number: ticketNumber,
  caseId: z.uuid().nullable(),
  /** Number of a case, or of a ticket without one. */
  about: z.string().regex(/^[A-Z0-9]{1,20}$/),
  clerk: staffNumber,
});

/** `url` null: this hub serves no page for phones. Nothing of the request can be read in the address. */
export const ratingLinkAnswer = z.strictObject({ url: z.url().max(400).nullable(), centreTime: z.iso.datetime() });

export type RatingLinkRequest = z.infer<typeof ratingLinkRequest>;
export type RatingLinkAnswer = z.infer<typeof ratingLinkAnswer>;
