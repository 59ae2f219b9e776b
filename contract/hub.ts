import { z } from 'zod';
import { opEnvelope } from './ops.ts';
import { publicKeyText, signedHead } from './signing.ts';
import { opOutcome } from './sync.ts';

/** The wire between the two hubs of a hall, and how a supervisor makes the standby take over (docs/adr/0022). */

/** The highest fence the sender has ever seen. A hub that hears of a higher one than its own is the standby from then on. */
export const FENCE_HEADER = 'x-yichuang-fence';

export const hubRole = z.enum(['active', 'standby']);

/** `GET /hub/v1/state` */
export const hubState = z.strictObject({
  role: hubRole,
  /** Rises with every take-over; the higher one is right. */
  fence: z.int().min(0),
  device: z.uuid(),
  hall: z.string(),
  /** Names of the hubs that have read the log in the last moments. */
  followedBy: z.array(z.string()),
});

/** `POST /hub/v1/take-over`, at the standby. */
export const takeOverRequest = z.strictObject({
  /** Becomes the op's id: the same command twice is done once. */
  commandId: z.uuid(),
  /** Staff number; a supervisor (SUP). */
  actor: z.string().min(1).max(40),
  reason: z.string().trim().min(1).max(200),
  /** Also while the active hub still answers. */
  force: z.boolean().default(false),
});

export const takeOverAnswer = z.strictObject({ fence: z.int().min(0) });

/** `GET /relay/v1/log`: the whole log of the hall in the order it was taken; waits for news when there is none. */
export const logQuery = z.strictObject({
  after: z.coerce.number().int().min(0),
  waitMs: z.coerce.number().int().min(0).max(10_000).default(0),
});
export const logAnswer = z.strictObject({
  device: z.uuid(),
  entries: z.array(
    z.strictObject({
      pos: z.int().min(1),
      op: opEnvelope,
      outcome: opOutcome,
      code: z.string().nullable(),
      /** It came from the centre: who has a line to the centre has it from there. */
      mirrored: z.boolean(),
    }),
  ),
  /** Of these ops, by their authors; to a hub that says it knows of keys. */
  heads: z.array(signedHead.extend({ publicKey: publicKeyText })).optional(),
});

export type HubState = z.infer<typeof hubState>;
export type TakeOverRequest = z.infer<typeof takeOverRequest>;
export type LogAnswer = z.infer<typeof logAnswer>;
