import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseRequestSignature, type SessionAnswer, SIGNATURE_HEADER, sessionRequest } from '../../contract/signing.ts';
import { requestStatement } from '../../domain/ledger/statements.ts';
import type { SigningKey } from '../../signing/key.ts';
import type { Signatures } from '../../signing/signatures.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { Relay } from '../relay/relay.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

export interface SessionRouteContext {
  store: CentreStore;
  relay: Pick<Relay, 'asked'> | null;
  sessions: Sessions;
  signatures: Signatures;
  ownKey: SigningKey;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  now: () => number;
}

/** Where a device shows its key, and is told for which session to sign. */
export function addSessionRoutes(app: FastifyInstance, context: SessionRouteContext): void {
  const { store, relay, sessions, signatures, ownKey, onRequest, deviceOf, now } = context;

  app.post('/sync/v1/session', { onRequest }, async (request): Promise<SessionAnswer> => {
    const asked = parseRequest(sessionRequest, request.body);
    const { device, publicKey, from } = asked;
    if (device !== deviceOf(request).id) throw new Refusal('unauthorised');
    const signed = parseRequestSignature(request.headers[SIGNATURE_HEADER]);
    if (signed?.session !== '-') throw new Refusal('unauthorised');
    const { counter, digest, signature } = signed;
    const point = { device, audience: '-', session: '-', counter, digest };
    const text = requestStatement({ ...point, method: 'POST', path: request.url });
    // The key comes with the body it signs; what else is in there must be right too.
    if (!(await signatures.isSigned(publicKey, text, signature))) throw new Refusal('unauthorised');
    const answer = { audience: store.self.device, publicKey: ownKey.publicKey };
    const known = store.keyOf(device);
    if (known && known.publicKey !== publicKey) throw new Refusal('unauthorised');
    if (!known) {
      // A hub asks its centre, which alone decides about devices.
      const isTaken = relay
        ? await relay.asked.registerKey(device, { publicKey, from })
        : store.registerKey(device, { publicKey, from }, now());
      if (isTaken === null) return { session: null, ...answer };
      if (!isTaken) throw new Refusal('unauthorised');
      request.log.info({ device }, 'the key of a device is known now');
    }
    return { session: sessions.open(device), ...answer };
  });
}
