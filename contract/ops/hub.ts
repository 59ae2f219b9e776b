import { z } from 'zod';

/** From here on this hub decides in the hall; written in its own chain by a supervisor's command. */
export const hubTookOver = z.strictObject({
  fence: z.int().min(1),
  hub: z.uuid(),
  at: z.iso.datetime({ precision: 3 }),
  reason: z.string().min(1).max(200),
});
