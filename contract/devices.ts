import { z } from 'zod';
import { hostReport } from './machines.ts';
import { staffNumber } from './ops/ticket.ts';

/** The enrolled machines of a hall, read and revoked by its supervisors: `POST /office/v1/devices`, decided by the centre. */

export const devicesCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({
    kind: z.literal('revoke'),
    /** Becomes the id of the op: the same command twice is done once. */
    commandId: z.uuid(),
    device: z.uuid(),
    reason: z.string().trim().min(1).max(200),
  }),
]);

export const devicesRequest = z.strictObject({
  /** Staff number; signed in at the terminal that asks. */
  actor: staffNumber,
  command: devicesCommand,
});

/** The machines as they are after the command. Read leniently: a newer centre may say more. */
export const devicesAnswer = z.object({
  devices: z.array(
    z.object({
      device: z.uuid(),
      terminal: z.string(),
      kind: z.enum(['terminal', 'relay']),
      enrolledAt: z.iso.datetime(),
      /** Its newest record came then; null: none did. */
      lastOpAt: z.iso.datetime().nullable(),
      /** Of the key it signs with; null: it does not sign yet. */
      fingerprint: z.string().nullable(),
      revokedAt: z.iso.datetime().nullable(),
      /** It showed a receipt of ours for more than is here. */
      contradicted: z.boolean(),
    }),
  ),
  centreTime: z.iso.datetime(),
  /** The centre itself; an older program does not say. */
  centre: hostReport.optional(),
});

export type DevicesCommand = z.infer<typeof devicesCommand>;
export type DevicesRequest = z.infer<typeof devicesRequest>;
export type DevicesAnswer = z.infer<typeof devicesAnswer>;
