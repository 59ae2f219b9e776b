import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { ON_BEHALF_HEADER } from '../../contract/relay.ts';
import { SIGNATURE_HEADER } from '../../contract/signing.ts';
import {
  type BecameOfAnswer,
  becameOfRequest,
  enrolRequest,
  type OutcomesAnswer,
  outcomesQuery,
} from '../../contract/sync.ts';
import type { Proxied } from '../relay/askedByTerminals.ts';
import type { Relay } from '../relay/relay.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { authenticate } from './authenticate.ts';
import { checkCertificate, type ServerTls } from './clientCertificate.ts';
import { parseRequest, Refusal } from './refusal.ts';
import { checkAuthor, checkSigned, type SignatureCheck } from './signedRequest.ts';

/** Outcomes in one answer. */
const OUTCOMES = 500;

/**
 * Who sends a request. A hub asks the centre about a stranger; the centre lets a hub speak for a terminal of its hall.
 * @throws Refusal `unauthorised`
 */
export async function identify(
  store: CentreStore,
  relay: Relay | null,
  check: SignatureCheck,
  request: FastifyRequest,
): Promise<EnrolledDevice> {
  const device = await authenticate(store, request).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || !relay || !(await relay.askForDevices())) throw error;
    return authenticate(store, request);
  });
  checkCertificate(check.tls, request, device);
  await checkSigned(check, device, request);
  const behalf = request.headers[ON_BEHALF_HEADER];
  if (behalf === undefined) return device;
  const terminal = typeof behalf === 'string' && /^[0-9a-f-]{36}$/.test(behalf) ? store.findDevice(behalf) : null;
  if (device.kind !== 'relay' || relay || terminal?.hall !== device.hall) throw new Refusal('unauthorised');
  await checkAuthor(check, terminal, device.id, request);
  return terminal;
}

export interface HubRouteContext {
  store: CentreStore;
  relay: Relay | null;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  tls?: ServerTls | undefined;
}

/** Later outcomes of ops; and in a hub, what goes on to the centre: enrolment, and commands that are not the queue's. */
export function addHubRoutes(app: FastifyInstance, { store, relay, onRequest, deviceOf, tls }: HubRouteContext): void {
  app.get('/sync/v1/outcomes', { onRequest }, async (request): Promise<OutcomesAnswer> => {
    const { id } = deviceOf(request);
    const { epoch, after } = parseRequest(outcomesQuery, request.query);
    if (!relay || after >= store.chains.baseOf(id, epoch))
      return { results: store.outcomesAfter(id, epoch, after, OUTCOMES) };
    // Sent before this hub knew of the device: only the centre has it.
    const results = await relay.outcomes(id, epoch, after).catch(() => {
      throw new Refusal('busy', { status: 503, after: 1000 });
    });
    return { results };
  });

  app.post('/sync/v1/outcomes', { onRequest }, async (request): Promise<BecameOfAnswer> => {
    const { ops } = parseRequest(becameOfRequest, request.body);
    if (!relay) return { results: store.becameOf(deviceOf(request).hall, ops) };
    // The hub has what it read as well: only the centre knows.
    const unknown = ops.map(() => ({ outcome: null, code: 'offline' }));
    return { results: await relay.becameOf(ops).catch(() => unknown) };
  });

  if (!relay) return;
  app.addHook('preHandler', async (request, reply) => {
    const path = request.routeOptions.url ?? '';
    if (path === '/sync/v1/enrol') {
      const asked = parseRequest(enrolRequest, request.body);
      checkCertificate(tls, request, { id: asked.device, terminal: asked.terminal });
      return pass(reply, await relay.asked.enrol(asked));
    }
    if (!path.startsWith('/office/v1/') || /^\/office\/v1\/(queue|appointments)\b/.test(path)) return undefined;
    const signature = request.headers[SIGNATURE_HEADER];
    const author = { device: deviceOf(request).id, ...(typeof signature === 'string' && { signature }) };
    return pass(reply, await relay.asked.command(author, path, request.body));
  });
}

/** The centre's own answer, or that there is none. */
function pass(reply: FastifyReply, proxied: Proxied): FastifyReply {
  if (proxied.kind === 'answer') return reply.code(proxied.status).send(proxied.body);
  const code: ErrorCode = proxied.kind === 'offline' ? 'offline' : 'deadline';
  return reply.code(503).send({ code, message: ERRORS[code] });
}
