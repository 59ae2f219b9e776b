import type { FastifyRequest } from 'fastify';
import { AUTHOR_SIGNATURE_HEADER, parseRequestSignature, SIGNATURE_HEADER } from '../../contract/signing.ts';
import type { PushRequest } from '../../contract/sync.ts';
import { headStatement, requestStatement } from '../../domain/ledger/statements.ts';
import type { Signatures } from '../../signing/signatures.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { IdentityStore } from '../store/identityTypes.ts';
import type { EnrolledDevice, Push } from '../store/types.ts';
import type { ServerTls } from './clientCertificate.ts';
import { expectDigest } from './jsonBody.ts';
import { Refusal } from './refusal.ts';

/**
 * What needs no signed header: reading; a push, whose ops are signed; an image, which is taken under its own hash alone and
 * only when a signed op names it; and the request for a session, which signs itself.
 */
const UNSIGNED = /^\/(sync\/v1\/(push|session)$|blobs\/v1(\/|$))/;

const SESSION_PATH = '/sync/v1/session';

export interface SignatureCheck {
  tls?: ServerTls | undefined;
  store: Pick<IdentityStore, 'keyOf'>;
  sessions: Sessions;
  signatures: Signatures;
  /** Device id of this machine. */
  audience: () => string;
}

/** @param url pattern of the route */
function mustBeSigned({ method }: FastifyRequest, url: string | undefined): boolean {
  return method !== 'GET' && method !== 'HEAD' && !UNSIGNED.test(url ?? '');
}

/**
 * Of a device whose key is known, whoever holds its token alone changes nothing. Asked before a byte of the body is read; the
 * body must then be the one that was signed.
 * @throws Refusal `unauthorised`; `session-over` for a session that is gone or a number that was used
 */
export async function checkSigned(
  check: SignatureCheck,
  device: EnrolledDevice,
  request: FastifyRequest,
): Promise<void> {
  // The framework makes the options of the route anew whenever they are asked for.
  const { url } = request.routeOptions;
  const signed = parseRequestSignature(request.headers[SIGNATURE_HEADER]);
  // Signed by the key that its body names.
  if (url === SESSION_PATH && signed) expectDigest(request, signed.digest);
  if (!mustBeSigned(request, url)) return;
  const key = check.store.keyOf(device.id);
  if (!key) return;
  if (!signed) throw new Refusal('unauthorised');
  const { session, counter, digest, signature } = signed;
  const point = { device: device.id, audience: check.audience(), session, counter, digest };
  const text = requestStatement({ ...point, method: request.method, path: request.url });
  if (!(await check.signatures.isSigned(key.publicKey, text, signature))) throw new Refusal('unauthorised');
  if (!check.sessions.use(device.id, session, counter)) throw new Refusal('session-over');
  expectDigest(request, digest);
}

/**
 * What a hub asks for a terminal must be signed by that terminal too, for that hub: a hub that was taken over decides nothing
 * in its name. That it is not asked twice is for the command's id to see.
 * @param hub device id of who hands it on
 * @throws Refusal `unauthorised`
 */
export async function checkAuthor(
  { store, signatures }: Pick<SignatureCheck, 'store' | 'signatures'>,
  author: EnrolledDevice,
  hub: string,
  request: FastifyRequest,
): Promise<void> {
  if (!mustBeSigned(request, request.routeOptions.url)) return;
  const key = store.keyOf(author.id);
  if (!key) return;
  const signed = parseRequestSignature(request.headers[AUTHOR_SIGNATURE_HEADER]);
  if (!signed) throw new Refusal('unauthorised');
  const { session, counter, digest, signature } = signed;
  const point = { device: author.id, audience: hub, session, counter, digest };
  const text = requestStatement({ ...point, method: request.method, path: request.url });
  if (!(await signatures.isSigned(key.publicKey, text, signature))) throw new Refusal('unauthorised');
  expectDigest(request, digest);
}

/**
 * A push is signed by what it carries: its author's word over the last of its ops, whose hash stands for all before it.
 * Repeating one changes nothing, so it needs no number.
 * @returns undefined for a device that has no key
 * @throws Refusal `unauthorised`
 */
export async function checkPush(
  { store, signatures }: Pick<SignatureCheck, 'store' | 'signatures'>,
  { device, epoch, ops, signature }: PushRequest,
): Promise<Push['signed']> {
  const key = store.keyOf(device);
  const last = ops.at(-1);
  if (!key || !last) return undefined;
  if (signature === undefined) throw new Refusal('unauthorised');
  const text = headStatement({ device, epoch, seq: last.seq, hash: last.hash });
  if (!(await signatures.isSigned(key.publicKey, text, signature))) throw new Refusal('unauthorised');
  return { signature, publicKey: key.publicKey };
}
