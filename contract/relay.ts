import { z } from 'zod';
import { opEnvelope } from './ops.ts';
import { sessionRequest, signedHead } from './signing.ts';
import { opOutcome, PUSH_MAX_OPS } from './sync.ts';

/** The wire between the hub of a hall and the centre (docs/adr/0022). Paths are below `/relay/v1`. */

/** Names the terminal for which a hub asks; taken only from a hub of that terminal's hall. */
export const ON_BEHALF_HEADER = 'x-yichuang-on-behalf';

/**
 * An op in the hub's log order, of whichever device wrote it. Of the hall's plane (domain/ledger/plane.ts) the hub's
 * outcome stands; all others come as `held` and the centre decides.
 */
export const relayEntry = z.strictObject({
  op: opEnvelope,
  outcome: opOutcome,
  code: z.string().max(60).nullable(),
});

/**
 * `heads`: what the authors of these ops signed of their chains. From version 3 on an op of a terminal with a key is taken
 * only below such a head: no hub writes in the name of a window.
 */
export const relayPushRequest = z.strictObject({
  entries: z.array(relayEntry).min(1).max(PUSH_MAX_OPS),
  heads: z.array(signedHead).max(PUSH_MAX_OPS).optional(),
});

export const relayResult = z.strictObject({
  op_id: z.uuid(),
  /** `refused`: not stored, since it does not continue what is known of its device. */
  outcome: z.enum(['applied', 'parked', 'rejected', 'refused']),
  code: z.string().nullable(),
  /** For code `gap`: the next number of this device and epoch that is wanted. */
  expected: z.int().min(1).nullable(),
});

/** One result for each entry, in its place. */
export const relayPushAnswer = z.strictObject({ results: z.array(relayResult) });

/** By which a device signs, and up to where its ops may be without a signature. */
export const deviceKey = sessionRequest.omit({ device: true }).extend({
  from: z.strictObject({ epoch: z.int().min(0), seq: z.int().min(0) }),
});

/** `POST /relay/v1/key`: of a terminal that showed its first key at the hub. */
export const relayKeyRequest = sessionRequest;
export const relayKeyAnswer = z.strictObject({ taken: z.boolean() });

/** `GET /relay/v1/devices`: whoever was ever enrolled in the hall, with the ends of their chains. */
export const relayDevice = z.strictObject({
  id: z.uuid(),
  terminal: z.string(),
  kind: z.enum(['terminal', 'relay']),
  /** SHA-256 of the token, hex: a hub knows a terminal by it and cannot speak in its name elsewhere. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
  active: z.boolean(),
  /** To a hub that says it knows of keys (contract/signing.ts). */
  key: deviceKey.optional(),
  /** To a hub that says it knows of them: all it ever had, the oldest first, the last one in force. */
  keys: z.array(deviceKey).optional(),
  heads: z.array(z.strictObject({ epoch: z.int().min(1), seq: z.int().min(1), hash: z.string() })),
});
export const relayDevicesAnswer = z.strictObject({ devices: z.array(relayDevice) });

export type RelayEntry = z.infer<typeof relayEntry>;
export type RelayResult = z.infer<typeof relayResult>;
export type RelayDevice = z.infer<typeof relayDevice>;
