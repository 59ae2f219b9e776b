import { z } from 'zod';
import { opEnvelope } from './ops.ts';
import { publicKeyText, receipt, signatureText } from './signing.ts';

/** The wire between terminal and centre (design.md §5). Paths are below `/sync/v1`. */

/**
 * Asked for by `Prefer: return=minimal` (RFC 7240); who does not know this header answers in full. With a push: the answer names
 * only the ops that were not applied. With a pull: of the rows that the asking device wrote itself it says which they are, no more.
 */
export const PREFER_HEADER = 'prefer';
export const PREFERS_MINIMAL = 'return=minimal';
/**
 * With a push of a long backlog (RFC 7240 §4.1): it may be taken durably as it is, answered with 202, and judged later. Who does
 * so says it with `PREFERENCE_APPLIED_HEADER`, and `held` in the answer.
 */
export const PREFERS_ASYNC = 'respond-async';
export const PREFERENCE_APPLIED_HEADER = 'preference-applied';

/**
 * On a push of an earlier epoch: the one in which the machine writes now. It sends again what somebody lost, and is no copy of
 * it that still goes on there.
 */
export const WRITES_IN_HEADER = 'x-yichuang-writes-in';

export const PUSH_MAX_OPS = 256;
export const PUSH_MAX_BYTES = 1024 * 1024;

/** `hall:main`, `device:<uuid>`, `catalog` … */
export const scopeName = z.string().regex(/^(catalog|(hall|window|device|case):[A-Za-z0-9-]{1,64})$/);

export const enrolRequest = z.strictObject({
  code: z.string().min(8).max(64),
  device: z.uuid(),
  terminal: z.string().min(1).max(20),
  /** From version 3 on; whoever names none may not sign later on either, before it asks for a session. */
  publicKey: publicKeyText.optional(),
});
export const enrolAnswer = z.strictObject({
  token: z.string().min(32),
  hall: z.string(),
  /** The centre itself, also where a hub stands between: whose receipts are to be believed. To who named a key. */
  authority: z.strictObject({ device: z.uuid(), publicKey: publicKeyText }).optional(),
  centreTime: z.iso.datetime(),
});

/**
 * Newest first. A centre speaks with terminals one and two versions behind its own. Version 2 knows of hubs: who answers,
 * and the outcome `held`; so a hub speaks no older one. Version 3 compares digests of scopes, takes snapshots, waits for
 * hints where no stream comes through, is told over how long to spread, and signs: requests, chains and receipts
 * (contract/signing.ts).
 */
export const PROTOCOL_VERSIONS = [3, 2, 1] as const;

/**
 * Whether a program whose newest protocol is `own` is so old that the version after `newest` would be spoken with it no
 * more: one version behind is how an update goes through a hall, two are the last.
 */
export function isTooOld(own: number, newest: number = PROTOCOL_VERSIONS[0]): boolean {
  return newest - own >= 2;
}

/** First exchange after every start: do both sides mean the same chain? `hash` is that of op `seq`, or of an empty chain. */
export const helloRequest = z.strictObject({
  versions: z.array(z.int().min(1)).min(1).max(10),
  device: z.uuid(),
  epoch: z.int().min(1),
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The newest of this epoch, of whoever it was: he sees by it whether his own log was cut. From version 3 on. */
  receipt: receipt.optional(),
});
export const helloAnswer = z.strictObject({
  /** Spoken from here on. */
  version: z.int().min(1),
  /** The newest epoch of this device that the centre has an op of; 0: of none. */
  newestEpoch: z.int().min(0),
  /** Where the chain of the epoch in question stands at the centre. */
  acked: z.int().min(0),
  head: z.string(),
  /** Whether the centre's op `seq` has that hash; null: it does not have so many. */
  agrees: z.boolean().nullable(),
  /** Device id of the hub or centre that answers: positions in scopes are its own. From version 2 on. */
  hub: z.uuid().optional(),
  /** Of that device's data: it rises when they were put back to an older copy. From version 3 on. */
  hubEpoch: z.int().min(1).optional(),
  /** Of a hub that may have another beside it (contract/hub.ts). */
  fence: z.int().min(0).optional(),
  /** The first contact after a broken line is put off by a random part of this, ms: so many machines speak here. From version 3 on. */
  spreadMs: z.int().min(0).optional(),
  centreTime: z.iso.datetime(),
});

/** `GET /sync/v1/chain`: the hash of one own op at the centre, null when it has none there. */
export const chainQuery = z.strictObject({
  epoch: z.coerce.number().int().min(1),
  seq: z.coerce.number().int().min(0),
});
export const chainAnswer = z.strictObject({ hash: z.string().nullable() });

export const pushRequest = z.strictObject({
  device: z.uuid(),
  epoch: z.int().min(1),
  ops: z.array(opEnvelope).min(1).max(PUSH_MAX_OPS),
  /** Of the author, over the last of these ops (`headStatement`). From version 3 on, and then in every push. */
  signature: signatureText.optional(),
});

/**
 * `applied`: in the projections. `parked`: stored, understood later. `rejected`: stored, contradicts what the centre
 * knows; comes back as a task. `held`: stored at the hall's hub, and the centre has not answered yet. All are durable
 * and acknowledged, so none blocks the next op.
 */
export const opOutcome = z.enum(['applied', 'parked', 'rejected', 'held']);

export const pushAnswer = z.strictObject({
  /** Every op of this device and epoch up to here is durable at the centre. */
  acked: z.int().min(0),
  /** Chain hash of the op at `acked`: the receipt. */
  head: z.string(),
  /** In the order of the ops; of those that were applied nothing, where that was asked for (`PREFER_HEADER`). */
  results: z.array(z.strictObject({ op_id: z.uuid(), outcome: opOutcome, code: z.string().nullable() })),
  centreTime: z.iso.datetime(),
  /** With 202: all ops of the push are `held` by who answers, who will judge them. To who asked for it (`PREFERS_ASYNC`). */
  held: z.literal(true).optional(),
  /** For `acked` and `head`; to who signs. */
  receipt: receipt.optional(),
});

/** `GET /sync/v1/outcomes`: what became of own ops after `after`, in their order, up to the first still `held`. */
export const outcomesQuery = z.strictObject({
  epoch: z.coerce.number().int().min(1),
  after: z.coerce.number().int().min(0),
});
export const outcomesAnswer = z.strictObject({
  results: z.array(z.strictObject({ seq: z.int().min(1), outcome: opOutcome, code: z.string().nullable() })),
});

/** Ops in one question. */
export const BECAME_OF_MAX = 256;
/**
 * `POST /sync/v1/outcomes`: what became of ops of other machines of the hall that somebody has read, and that the centre lost.
 * Asked by name and content: who wrote one may have sent it again under another number.
 */
export const becameOfRequest = z.strictObject({
  ops: z
    .array(z.strictObject({ op_id: z.uuid(), device: z.uuid(), body_hash: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(BECAME_OF_MAX),
});
/** In the order of the question. Null: not known there; with the code `offline`, nobody can be asked now. */
export const becameOfAnswer = z.strictObject({
  results: z.array(z.strictObject({ outcome: opOutcome.nullable(), code: z.string().nullable() })),
});

/** HTTP 409: the ops do not continue what the centre has. Nothing of the request was taken. */
export const gapAnswer = z.strictObject({ code: z.literal('gap'), expected: z.int().min(1), head: z.string() });

/** HTTP 4xx/5xx otherwise. */
export const syncErrorCode = z.enum([
  'bad-request',
  'version-unsupported',
  'unauthorised',
  /** Signed for a session that is not known any more, or with a number that was used: nothing was done; ask for a new one. */
  'session-over',
  'enrolment-refused',
  'scope-forbidden',
  'scope-differs',
  'snapshot-needed',
  'forked',
  'too-large',
  'busy',
  'not-active',
]);
export const syncError = z.strictObject({
  code: syncErrorCode,
  message: z.string(),
  /** With `busy` (HTTP 429, and in seconds as `Retry-After`): nothing was done, and in so many ms it may be asked again. */
  after: z.int().min(0).optional(),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * `GET /sync/v1/pull`. Refused with 410 `snapshot-needed` when rows after `after` are no longer given out one by one, and
 * with 409 `scope-differs` when `digest` is not that of the scope at `after` (domain/ledger/scopeDigest.ts).
 */
export const pullQuery = z.strictObject({
  scope: scopeName,
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  /** Of everything taken up to `after`. From version 3 on. */
  digest: sha256.optional(),
});
export const pullAnswer = z.strictObject({
  scope: scopeName,
  /** `pos` is gapless and rising within the scope. */
  rows: z.array(z.strictObject({ pos: z.int().min(1), op: opEnvelope })),
  head: z.int().min(0),
  centreTime: z.iso.datetime(),
});

/** To who asked for it by `PREFER_HEADER`: a row it wrote itself comes as its place in the chain, with its hash. */
export const minimalPullAnswer = z.strictObject({
  ...pullAnswer.shape,
  rows: z.array(
    z.union([
      pullAnswer.shape.rows.element,
      z.strictObject({
        pos: z.int().min(1),
        own: z.strictObject({ epoch: z.int().min(1), seq: z.int().min(1), hash: sha256 }),
      }),
    ]),
  ),
});

/**
 * `GET /sync/v1/snapshot`: a scope up to one head without what is long over, page by page. `head` and `floor` of the first
 * answer are said again with every further page; refused with 410 when the scope was compacted meanwhile: from the
 * beginning then.
 */
export const snapshotQuery = z.strictObject({
  scope: scopeName,
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  head: z.coerce.number().int().min(0).optional(),
  floor: z.coerce.number().int().min(0).optional(),
});
export const snapshotAnswer = z.strictObject({
  scope: scopeName,
  /** `pos` is rising, with gaps up to `floor`. */
  rows: z.array(z.strictObject({ pos: z.int().min(1), op: opEnvelope })),
  head: z.int().min(0),
  floor: z.int().min(0),
  /** With the last page: of the rows of all pages, and of the whole scope at `head`. */
  digests: z.strictObject({ rows: sha256, scope: sha256 }).nullable(),
  centreTime: z.iso.datetime(),
});

/** SSE `event: hint` on `/sync/v1/live`. A lost hint is harmless. */
export const liveHint = z.strictObject({ scope: scopeName, head: z.int().min(0) });

export const WAIT_MAX_MS = 25_000;
/**
 * `GET /sync/v1/wait`, where no stream comes through: answers as soon as there is a hint, or with none after `waitMs`. A
 * machine waits once: a second request ends the first.
 */
export const waitQuery = z.strictObject({
  /** Positions that are no news: `catalog@12,hall:main@34`. */
  known: z
    .string()
    .max(500)
    .regex(/^([A-Za-z0-9:-]+@\d{1,15}(,(?!$)|$))*$/),
  waitMs: z.coerce.number().int().min(0).max(WAIT_MAX_MS),
});
export const waitAnswer = z.strictObject({ hints: z.array(liveHint) });

export type EnrolRequest = z.infer<typeof enrolRequest>;
export type EnrolAnswer = z.infer<typeof enrolAnswer>;
export type HelloRequest = z.infer<typeof helloRequest>;
export type HelloAnswer = z.infer<typeof helloAnswer>;
export type PushRequest = z.infer<typeof pushRequest>;
export type PushAnswer = z.infer<typeof pushAnswer>;
export type GapAnswer = z.infer<typeof gapAnswer>;
export type SyncError = z.infer<typeof syncError>;
export type PullAnswer = z.infer<typeof pullAnswer>;
export type MinimalPullAnswer = z.infer<typeof minimalPullAnswer>;
export type SnapshotAnswer = z.infer<typeof snapshotAnswer>;
export type WaitAnswer = z.infer<typeof waitAnswer>;
export type LiveHint = z.infer<typeof liveHint>;
export type OpOutcome = z.infer<typeof opOutcome>;
export type BecameOfRequest = z.infer<typeof becameOfRequest>;
export type BecameOfAnswer = z.infer<typeof becameOfAnswer>;
export type OutcomesAnswer = z.infer<typeof outcomesAnswer>;
