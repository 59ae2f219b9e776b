import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ERRORS } from '../../contract/errors.ts';
import { FENCE_HEADER, type HubState, type LogAnswer, logQuery, takeOverRequest } from '../../contract/hub.ts';
import type { HostReport } from '../../contract/machines.ts';
import { KEYS_HEADER } from '../../contract/signing.ts';
import type { HubRoles } from '../hub/role.ts';
import { takeOver } from '../hub/takeOver.ts';
import type { LiveHub } from '../live.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

const LOG_PAGE = { rows: 500, bytes: 4 * 1024 * 1024 };
/** Who has read the log within this follows it, ms: reads wait for 5 s at most. */
const FOLLOWING_MS = 15_000;

export interface StandbyRouteContext {
  store: CentreStore;
  roles: HubRoles;
  hub: LiveHub;
  hall: () => string;
  /** Whether the other hub answers and says that it is the active one. */
  isPeerActive: () => Promise<boolean>;
  /** Resolves when the other hub has been told, or does not answer. */
  onTakenOver: () => Promise<void>;
  /** What this hub says of itself. */
  host: () => HostReport;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  now: () => number;
}

/** What the two hubs of a hall ask each other, the take-over, and that a standby decides nothing. */
export function addStandbyRoutes(app: FastifyInstance, context: StandbyRouteContext): void {
  const { store, roles, hub, hall, onRequest, deviceOf, now } = context;
  const followers = new Map<string, number>();

  app.addHook('preHandler', async (request) => {
    if (roles.isActive()) return;
    const path = request.routeOptions.url ?? '';
    // A session is asked of a standby too: a take-over is signed.
    if (/^\/(sync|office|blobs)\/v1\/(?!session$)/.test(path)) throw new Refusal('not-active');
  });

  app.get('/hub/v1/state', { onRequest }, async (): Promise<HubState> => {
    const since = now() - FOLLOWING_MS;
    return {
      role: roles.isActive() ? 'active' : 'standby',
      fence: roles.fence ?? 0,
      device: store.self.device,
      hall: hall(),
      followedBy: [...followers].filter(([, at]) => at >= since).map(([name]) => name),
    };
  });

  app.get('/hub/v1/host', { onRequest }, async (): Promise<HostReport> => context.host());

  app.get('/relay/v1/log', { onRequest }, async (request): Promise<LogAnswer> => {
    const device = deviceOf(request);
    if (device.kind !== 'relay') throw new Refusal('scope-forbidden');
    const { after, waitMs } = parseRequest(logQuery, request.query);
    // From now on another one may take over, and this one must hear of it.
    if (roles.fence === null) roles.join('active', null);
    followers.set(device.terminal, now());
    const read = () => store.readLog(device.hall, after, LOG_PAGE);
    let entries = read();
    if (entries.length === 0 && waitMs > 0) {
      await appended(store, waitMs, request);
      entries = read();
    }
    if (request.headers[KEYS_HEADER] === undefined) return { device: store.self.device, entries };
    return { device: store.self.device, entries, heads: signedHeadsOf(store, entries) };
  });

  app.post('/hub/v1/take-over', { onRequest }, async (request, reply) => {
    const asked = parseRequest(takeOverRequest, request.body);
    const isPeerActive = !roles.isActive() && (await context.isPeerActive());
    const verdict = await takeOver({ store, roles }, deviceOf(request).hall, asked, isPeerActive, now());
    if (verdict.kind === 'refused') {
      const { code } = verdict;
      return reply.code(code === 'forbidden' ? 403 : 409).send({ code, message: ERRORS[code] });
    }
    request.log.warn({ fence: verdict.fence }, 'this hub has taken over');
    hub.publish(verdict.published);
    const told = context.onTakenOver();
    // Forced: when the supervisor has the answer, the other one decides nothing any more.
    if (isPeerActive) await told;
    return { fence: verdict.fence };
  });
}

/** What the authors signed of these ops: the standby may have to forward them some day. */
function signedHeadsOf(store: CentreStore, entries: LogAnswer['entries']): NonNullable<LogAnswer['heads']> {
  const chains = new Map<string, { device: string; epoch: number; first: number; last: number }>();
  for (const { op } of entries) {
    const { device, epoch, seq } = op;
    const chain = chains.get(`${device}/${epoch}`) ?? { device, epoch, first: seq, last: seq };
    chain.last = Math.max(chain.last, seq);
    chains.set(`${device}/${epoch}`, chain);
  }
  return [...chains.values()].flatMap(({ device, epoch, first, last }) =>
    store.signedHeads(device, epoch, first - 1, last),
  );
}

/** Of an authenticated request: its sender may know more than this hub. */
export function hearFence(roles: HubRoles, request: FastifyRequest): void {
  const fence = request.headers[FENCE_HEADER];
  if (typeof fence === 'string' && /^\d{1,9}$/.test(fence)) roles.hear(Number(fence));
}

function appended(store: CentreStore, waitMs: number, request: FastifyRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      request.raw.off('close', done);
      resolve();
    };
    const stop = store.onAppended(() => done());
    const timer = setTimeout(done, waitMs);
    request.raw.once('close', done);
  });
}
