import { z } from 'zod';

/** Bodies of P5, 不可抗力或中心系统故障 (domain/outage). */

const instant = z.iso.datetime({ precision: 3 });

export const outageWords = {
  reason: z.string().trim().min(1).max(200),
  proof: z.string().trim().min(1).max(100).describe('number of the report, order or announcement that proves it'),
};

export const outageBodies = {
  'outage.declared': z.strictObject({
    caseId: z.uuid().optional(),
    from: instant,
    to: instant.nullable(),
    ...outageWords,
  }),
  'outage.ended': z.strictObject({ to: instant }),
} as const;
