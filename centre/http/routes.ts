import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../../blob/store.ts';
import { type BlanksAnswer, blanksRequest } from '../../contract/blanks.ts';
import { ERRORS, type ErrorCode, isErrorCode } from '../../contract/errors.ts';
import { type OfficeAnswer, officeRequest } from '../../contract/office.ts';
import { type OutageAnswer, outageRequest } from '../../contract/outage.ts';
import {
  type EnrolAnswer,
  enrolRequest,
  type GapAnswer,
  PREFERENCE_APPLIED_HEADER,
  PREFERS_ASYNC,
  PUSH_MAX_OPS,
  type PushAnswer,
  WRITES_IN_HEADER,
} from '../../contract/sync.ts';
import type { TlsMaterial } from '../../link/secureFetch.ts';
import type { SigningKey } from '../../signing/key.ts';
import type { Signatures } from '../../signing/signatures.ts';
import type { BlobUploads } from '../blobs/uploads.ts';
import { redeemCode } from '../enrolment.ts';
import type { HubRoles } from '../hub/role.ts';
import { Receipts } from '../identity/receipts.ts';
import { Sessions } from '../identity/sessions.ts';
import type { Ingest, Published } from '../ingest.ts';
import type { Intake } from '../intake/intake.ts';
import type { LiveHub } from '../live.ts';
import { act } from '../office/act.ts';
import type { RegisterPlace } from '../office/certificateNumbers.ts';
import { moveBlanks } from '../office/moveBlanks.ts';
import { takeOutage } from '../office/outage.ts';
import type { PaymentDesk } from '../payment/desk.ts';
import type { QueueDesk } from '../queue/desk.ts';
import type { Relay } from '../relay/relay.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { authenticate } from './authenticate.ts';
import { addBlobRelay } from './blobRelay.ts';
import { addBlobRoutes } from './blobRoutes.ts';
import { checkCertificate, type ServerTls } from './clientCertificate.ts';
import { addContinuityRoutes } from './continuityRoutes.ts';
import { addHubRoutes, identify } from './hubRoutes.ts';
import { keepInOrder } from './inOrder.ts';
import { textOf } from './jsonBody.ts';
import { addLiveRoutes } from './liveRoutes.ts';
import { addMachineRoutes, type MachineRouteContext } from './machineRoutes.ts';
import { addPaymentRoutes } from './paymentRoutes.ts';
import { prefersAsync, prefersMinimal } from './prefer.ts';
import { parsePush } from './pushBody.ts';
import { addQueueRoutes, type QueueRouteContext } from './queueRoutes.ts';
import { parseRequest, Refusal } from './refusal.ts';
import { addRelayRoutes } from './relayRoutes.ts';
import { addScopeRoutes } from './scopeRoutes.ts';
import { addSessionRoutes } from './sessionRoutes.ts';
import { checkPush } from './signedRequest.ts';
import { addStandbyRoutes, hearFence, type StandbyRouteContext } from './standbyRoutes.ts';
import { Turns } from './turns.ts';

export interface RouteContext {
  store: CentreStore;
  ingest: Ingest;
  /** Where pushes wait to be judged; null at a hub. */
  intake: Pick<Intake, 'settled' | 'refresh'> | null;
  hub: LiveHub;
  place: RegisterPlace;
  desk: PaymentDesk;
  images: BlobStore;
  uploads: BlobUploads;
  queue: QueueDesk;
  /** The way to the centre of a hub; null at the centre. */
  relay: Relay | null;
  /** Whether this hub decides; a desk asks under the write lock. */
  roles: HubRoles;
  /** By which this machine signs. */
  ownKey: SigningKey;
  signatures: Signatures;
  /** Absent: plain HTTP. */
  tls?: ServerTls | undefined;
  /** Of a hub, towards its centre. */
  outgoing?: TlsMaterial | undefined;
  /** These data lack what somebody has read of them. */
  onDiffers: () => void;
  /** Something beside the database found no room on the disk. */
  onFullDisk: () => void;
  /** The page on which phones rate, once it is open; null: there is none. */
  rating: QueueRouteContext['rating'];
  host: MachineRouteContext['host'];
  standby: Pick<StandbyRouteContext, 'hall' | 'isPeerActive' | 'readRest' | 'onTakenOver'>;
  now: () => number;
}

export function addRoutes(app: FastifyInstance, context: RouteContext): void {
  const {
    store,
    ingest,
    hub,
    place,
    desk,
    images,
    uploads,
    queue,
    relay,
    roles,
    rating,
    standby,
    onDiffers,
    onFullDisk,
    host,
    ownKey,
    signatures,
    tls,
    now,
  } = context;
  const sessions = new Sessions();
  const turns = new Turns();
  const receipts = new Receipts({ store, ownKey, signatures, now });
  const check = { tls, store, sessions, signatures, audience: () => store.self.device };
  const centreTime = () => new Date(now()).toISOString();
  const devices = new WeakMap<FastifyRequest, EnrolledDevice>();
  /** Before a byte of the body is read. */
  const onRequest = async (request: FastifyRequest) => {
    devices.set(request, await identify(store, relay, check, request));
    hearFence(roles, request);
  };
  const deviceOf = (request: FastifyRequest): EnrolledDevice => {
    const device = devices.get(request);
    if (!device) throw new Refusal('unauthorised');
    return device;
  };

  if (context.intake) keepInOrder(app, context.intake, (request) => devices.get(request)?.hall ?? null);
  addStandbyRoutes(app, { ...standby, store, roles, hub, onRequest, deviceOf, host, now });
  addHubRoutes(app, { store, relay, onRequest, deviceOf, tls });
  addRelayRoutes(app, { store, ingest, onRequest, deviceOf, signatures, now });
  addSessionRoutes(app, { store, relay, sessions, signatures, ownKey, onRequest, deviceOf, now });

  app.get('/health', async () => {
    await store.scopeHeads(['catalog']);
    return { ok: true };
  });

  app.post('/sync/v1/enrol', async (request): Promise<EnrolAnswer> => {
    const asked = parseRequest(enrolRequest, request.body);
    // A hub hands on what a terminal asks, whose certificate it has seen itself.
    const sender = tls?.ca === undefined ? null : await authenticate(store, request).catch(() => null);
    const shown = sender?.kind === 'relay' ? sender : { id: asked.device, terminal: asked.terminal };
    checkCertificate(tls, request, shown);
    const result = await redeemCode(store, asked, now());
    if (!result.ok) {
      request.log.warn({ reason: result.reason }, 'enrolment refused');
      throw new Refusal('enrolment-refused');
    }
    request.log.info('device enrolled');
    const authority = { device: store.self.device, publicKey: ownKey.publicKey };
    const { token, hall } = result;
    return { token, hall, ...(asked.publicKey !== undefined && { authority }), centreTime: centreTime() };
  });

  const { versions } = hub;
  addContinuityRoutes(app, {
    ...{ store, isHub: relay !== null, roles, receipts, versions, onRequest, deviceOf, centreTime, now },
  });

  const takeTurn = async (request: FastifyRequest, reply: FastifyReply) => {
    if (context.intake && prefersAsync(request)) turns.take(deviceOf(request).id, request, reply);
  };
  app.post(
    '/sync/v1/push',
    { onRequest: [onRequest, takeTurn] },
    async (request, reply): Promise<PushAnswer | GapAnswer> => {
      const { id, hall, terminal } = deviceOf(request);
      if (countOps(request.body) > PUSH_MAX_OPS) throw new Refusal('too-large');
      const { device, epoch, ops, signature } = parsePush(request.body);
      // UUIDs are case-blind, the chain is not: one spelling only.
      if (device !== id) throw new Refusal('unauthorised');

      const signed = await ingest.expect(checkPush({ store, signatures }, { device, epoch, ops, signature }));
      await turns.come(request);

      const author = { device: id, hall, centre: false, terminal };
      const decided = ingest.push({ author, epoch, ops, signed, writesIn: writesIn(request) }, textOf(request));
      turns.end(request);
      const verdict = await decided;
      switch (verdict.kind) {
        case 'taken': {
          const { acked, head } = verdict;
          const results = relay ? await relay.outcomesOf(id, epoch, ops, verdict.results) : verdict.results;
          const receipt = signed && acked > 0 ? await receipts.give(id, epoch, { acked, head }) : undefined;
          const told = prefersMinimal(request) ? results.filter(({ outcome }) => outcome !== 'applied') : results;
          return { acked, head, results: told, centreTime: centreTime(), ...(receipt && { receipt }) };
        }
        case 'held': {
          const { acked, head } = verdict;
          reply.code(202).header(PREFERENCE_APPLIED_HEADER, PREFERS_ASYNC);
          const receipt = signed && (await receipts.give(id, epoch, verdict));
          return { acked, head, results: [], held: true, centreTime: centreTime(), ...(receipt && { receipt }) };
        }
        case 'gap':
          reply.code(409);
          return { code: 'gap', expected: verdict.expected, head: verdict.head };
        case 'refused':
          request.log.warn({ device: id, terminal, answer: verdict.code, reason: verdict.reason }, 'push refused');
          throw new Refusal(verdict.code, verdict.code === 'bad-request' ? { where: verdict.reason } : {});
      }
    },
  );

  app.post('/office/v1/act', { onRequest }, async (request, reply) => {
    const asked = parseRequest(officeRequest, request.body);
    const verdict = await act({ store, place }, deviceOf(request), asked, now());
    if (verdict.kind === 'refused') return refuse(reply, verdict.code);
    const { version, state, published } = verdict;
    hub.publish(published);
    // The case may have been withdrawn: money to send back, codes to close.
    desk.poke(asked.caseId);
    return { version, state, centreTime: centreTime() } satisfies OfficeAnswer;
  });

  app.post('/office/v1/blanks', { onRequest }, async (request, reply) => {
    const verdict = await moveBlanks(store, deviceOf(request), parseRequest(blanksRequest, request.body), now());
    if (verdict.kind === 'refused') return refuse(reply, verdict.code);
    hub.publish(verdict.published);
    return { centreTime: centreTime() } satisfies BlanksAnswer;
  });

  app.post('/office/v1/outage', { onRequest }, async (request, reply) => {
    const { hall } = deviceOf(request);
    const verdict = await takeOutage(store, hall, parseRequest(outageRequest, request.body), now());
    if (verdict.kind === 'refused') return refuse(reply, verdict.code);
    hub.publish(verdict.published);
    return { centreTime: centreTime() } satisfies OutageAnswer;
  });
  if (relay) addBlobRelay(app, { relay, outgoing: context.outgoing, onRequest, deviceOf });
  else addBlobRoutes(app, { store, images, uploads, onRequest, deviceOf, onFullDisk });
  addPaymentRoutes(app, { desk, onRequest, hallOf: (request) => deviceOf(request).hall });
  const listening = (hall: string) => hub.terminalsOf(hall);
  const publish = (scopes: readonly Published[]) => hub.publish(scopes);
  addQueueRoutes(app, { store, queue, rating, listening, publish, onRequest, deviceOf, now });
  const endRevoked = () => hub.endRevoked((device) => store.isDeviceActive(device));
  addMachineRoutes(app, { store, machines: queue.machines, publish, endRevoked, onRequest, deviceOf, host, now });

  addScopeRoutes(app, { store, onRequest, deviceOf, centreTime, onDiffers });
  addLiveRoutes(app, { store, hub, onRequest, deviceOf });
}

/** A refusal for the person who asked: a code and its sentence. */
function refuse(reply: FastifyReply, reason: string): { code: ErrorCode; message: string } {
  const code = isErrorCode(reason) ? reason : 'internal';
  reply.code(code === 'forbidden' ? 403 : 409);
  return { code, message: ERRORS[code] };
}

function countOps(body: unknown): number {
  return body !== null && typeof body === 'object' && 'ops' in body && Array.isArray(body.ops) ? body.ops.length : 0;
}

/** Of a push: undefined where its author says nothing else than the epoch of the ops. */
function writesIn(request: FastifyRequest): number | undefined {
  const header = request.headers[WRITES_IN_HEADER];
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}
