import { z } from 'zod';

/** Somebody asked for what is not his, or for a step that is not legal. Names no person and repeats no input. */
export const attemptRefused = z.strictObject({
  method: z.string().min(1).max(60),
  code: z.string().min(1).max(40),
  caseId: z.uuid().optional(),
  terminal: z.string().min(1).max(20),
});
