import { z } from 'zod';
import { outageWords } from './ops/outage.ts';

/** A supervisor stops the promise's clock for an outage, or says when it was over: `POST /office/v1/outage`. */

const instant = z.iso.datetime({ precision: 3 });

export const outageCommandFields = {
  declare: {
    caseId: z.uuid().optional().describe('absent: every case of the hall'),
    from: instant,
    to: instant.nullable().describe('null: it lasts'),
    ...outageWords,
  },
  end: { outage: z.uuid(), to: instant },
} as const;

export const outageCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('declare'), ...outageCommandFields.declare }),
  z.strictObject({ kind: z.literal('end'), ...outageCommandFields.end }),
]);

export const outageRequest = z.strictObject({
  /** Becomes the id of the op: the same command twice is done once. */
  commandId: z.uuid(),
  /** Staff number; signed in at the terminal that asks. */
  actor: z.string().min(1).max(40),
  command: outageCommand,
});

export const outageAnswer = z.strictObject({ centreTime: z.iso.datetime() });

export type OutageCommand = z.infer<typeof outageCommand>;
export type OutageRequest = z.infer<typeof outageRequest>;
export type OutageAnswer = z.infer<typeof outageAnswer>;
