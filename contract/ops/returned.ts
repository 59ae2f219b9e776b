import { z } from 'zod';
import { RETURN_DECISIONS } from '../../domain/returned/types.ts';

/** Bodies of 退回 (domain/returned). */

export const returnNote = z.string().trim().min(2).max(500);

export const returnedBodies = {
  'return.noted': z.strictObject({
    device: z.uuid(),
    epoch: z.int().min(1),
    seq: z.int().min(1),
    kind: z.string().min(1).max(60),
    subject: z.string().min(1).max(100),
    baseVersion: z.int().min(0),
    terminal: z.string().min(1).max(20),
    actor: z.string().min(1).max(40),
    at: z.iso.datetime({ precision: 3 }),
    code: z.string().min(1).max(60),
    caseId: z.uuid().optional(),
    content: z.record(z.string(), z.unknown()),
  }),
  'return.settled': z.strictObject({ decision: z.enum(RETURN_DECISIONS), note: returnNote }),
} as const;
