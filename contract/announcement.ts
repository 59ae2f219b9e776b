import { z } from 'zod';
import { type Announcement, LAST_FLOOR, LAST_WINDOW, TICKET_PATTERN } from '../domain/announcement/announcement.ts';

const ticket = z.string().regex(TICKET_PATTERN, 'expected a ticket number such as A015');
const window = z.int().min(1).max(LAST_WINDOW);

/** What is said in the hall (domain.md §6.6); the words are made where they are spoken. */
export const announcement: z.ZodType<Announcement> = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('call'), ticket, window }),
  z.strictObject({ event: z.literal('recall'), ticket, window, time: z.union([z.literal(2), z.literal(3)]) }),
  z.strictObject({ event: z.literal('pickup'), ticket, window }),
  z.strictObject({ event: z.literal('pre-review'), ticket, floor: z.int().min(1).max(LAST_FLOOR) }),
  z.strictObject({ event: z.literal('pass'), ticket }),
  z.strictObject({ event: z.literal('pause'), window }),
  z.strictObject({ event: z.literal('closing') }),
  z.strictObject({ event: z.literal('question'), text: z.string().trim().min(1).max(120) }),
  z.strictObject({ event: z.literal('test') }),
]);
