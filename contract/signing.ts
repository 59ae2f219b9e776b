import { z } from 'zod';

/** Who speaks and what was promised, provable by Ed25519 (docs/adr/0045). Keys and signatures are base64url. */

/** Of every request that changes something, from a device whose key is known: see `parseRequestSignature`. */
export const SIGNATURE_HEADER = 'x-yichuang-signature';
/** A hub hands on the terminal's own header beside its own. */
export const AUTHOR_SIGNATURE_HEADER = 'x-yichuang-author-signature';
/**
 * Sent by who understands device keys and signed heads in an answer that older programs take without; with `KEY_HISTORY` or
 * more, also the keys that a device had before.
 */
export const KEYS_HEADER = 'x-yichuang-keys';
export const KEY_HISTORY = 4;

export const publicKeyText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const signatureText = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
const hashText = z.string().regex(/^[0-9a-f]{64}$/);

/** What an author says of its chain: everything up to op `seq`, which has this hash, is mine. */
export const signedHead = z.strictObject({
  device: z.uuid(),
  epoch: z.int().min(1),
  seq: z.int().min(1),
  hash: hashText,
  signature: signatureText,
});

/**
 * `POST /sync/v1/session`: signed by the key it names. Of a device that has none yet, it is taken as its key from here on.
 * Requests are signed for one session with one machine, each with a number of its own.
 */
export const sessionRequest = z.strictObject({
  device: z.uuid(),
  publicKey: publicKeyText,
  /** Ops up to here were handed over, if at all, before there was a key. */
  from: z.strictObject({ epoch: z.int().min(1), seq: z.int().min(0) }),
});
export const sessionAnswer = z.strictObject({
  /** Null: a hub that cannot ask its centre about a new key now; until then everything goes as before. */
  session: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .nullable(),
  /** Device id of who answers; part of what is signed. */
  audience: z.uuid(),
  /** By which its receipts are checked. */
  publicKey: publicKeyText,
});

/** What a hub or centre has promised to have: op `acked`, whose hash is `head`, and all before it. */
export const receipt = z.strictObject({
  /** Device id of who promises. */
  by: z.uuid(),
  device: z.uuid(),
  epoch: z.int().min(1),
  acked: z.int().min(1),
  head: hashText,
  at: z.iso.datetime(),
  signature: signatureText,
});

export interface RequestSignature {
  session: string;
  counter: number;
  /** SHA-256 of the body as it is before it is packed, hex. */
  digest: string;
  signature: string;
}

export function formatRequestSignature({ session, counter, digest, signature }: RequestSignature): string {
  return `v3;${session};${counter};${digest};${signature}`;
}

/** @returns null for what is no such header */
export function parseRequestSignature(header: unknown): RequestSignature | null {
  if (typeof header !== 'string') return null;
  const match = /^v3;(-|[A-Za-z0-9_-]{22});(\d{1,15});([0-9a-f]{64});([A-Za-z0-9_-]{86})$/.exec(header);
  if (!match) return null;
  const [, session = '', counter, digest = '', signature = ''] = match;
  return { session, counter: Number(counter), digest, signature };
}

export type SignedHead = z.infer<typeof signedHead>;
export type SessionRequest = z.infer<typeof sessionRequest>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type Receipt = z.infer<typeof receipt>;
