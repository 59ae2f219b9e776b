import { z } from 'zod';

/** A window of the enterprises' green channel (S34): what it takes in is finished on the same day (S37). */
export const greenChannel = z.strictObject({
  extendedUntil: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 18:00')
    .optional()
    .describe('end of the extended hours of this window; absent: it closes with the hall'),
});
