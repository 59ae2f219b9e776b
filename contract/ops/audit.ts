import { z } from 'zod';

const count = z.int().min(0);

/** The nightly removal of local copies, and how much it removed. */
export const retentionRan = z.strictObject({
  terminal: z.string().min(1).max(20),
  endedCases: count,
  openCases: count,
  drafts: count,
  preReviews: count.optional(),
  appointments: count.optional(),
  tickets: count.optional(),
});

/** The nightly check of everything a machine has, and how much was not what was written. Names a kind, never content. */
export const dataChecked = z.strictObject({
  terminal: z.string().min(1).max(20),
  found: count,
  code: z.string().min(1).max(40).optional(),
});

/** Somebody asked for what is not his, or for a step that is not legal. Names no person and repeats no input. */
export const attemptRefused = z.strictObject({
  method: z.string().min(1).max(60),
  code: z.string().min(1).max(40),
  caseId: z.uuid().optional(),
  terminal: z.string().min(1).max(20),
});

/** This machine goes on under a new epoch, and why. */
export const epochBegan = z.strictObject({
  reason: z.enum(['restored', 'older-copy', 'cloned']),
  previous: z.strictObject({ epoch: z.int().min(1), seq: z.int().min(0) }),
});

/** Somebody said of an alarm of this machine that it is known (contract/health.ts): its banner went. */
export const healthAcknowledged = z.strictObject({
  terminal: z.string().min(1).max(20),
  code: z.string().regex(/^[a-z][a-z-]{0,39}$/),
});

/** From then on a machine's token and key are worth nothing; written in the centre's own chain. */
export const deviceRevoked = z.strictObject({
  device: z.uuid(),
  terminal: z.string().min(1).max(20),
  reason: z.string().trim().min(1).max(200),
});
