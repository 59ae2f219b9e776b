import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type chainAnswer,
  chainQuery,
  type HelloAnswer,
  helloRequest,
  PROTOCOL_VERSIONS,
} from '../../contract/sync.ts';
import type { HubRoles } from '../hub/role.ts';
import type { Receipts } from '../identity/receipts.ts';
import { chainHead } from '../ledger/plan.ts';
import type { SpokenVersions } from '../spokenVersions.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

export interface ContinuityContext {
  store: Pick<CentreStore, 'chains' | 'self' | 'dataEpoch' | 'countMachines'>;
  /** A hub answers with what only newer terminals understand. */
  isHub: boolean;
  roles: Pick<HubRoles, 'fence'>;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  receipts: Pick<Receipts, 'compare'>;
  versions: Pick<SpokenVersions, 'note'>;
  centreTime: () => string;
  now: () => number;
}

/** So long a window for each machine that speaks here, ms: some 250 first contacts in a second. */
const SPREAD_EACH_MS = 4;
const SPREAD_MAX_MS = 60_000;
/** Machines come and go slowly; a count of them reads their whole table. */
const COUNT_EVERY_MS = 60_000;

/** Over how long the machines that speak here spread their first contact after the line was broken. */
function spreadOf(store: Pick<CentreStore, 'countMachines'>, now: () => number): () => number {
  let countedAt = Number.NEGATIVE_INFINITY;
  let spreadMs = 0;
  return () => {
    if (Math.abs(now() - countedAt) >= COUNT_EVERY_MS) {
      countedAt = now();
      spreadMs = Math.min(SPREAD_MAX_MS, store.countMachines() * SPREAD_EACH_MS);
    }
    return spreadMs;
  };
}

/** Whether a terminal's chain and what the centre has of it are one: a backup put back or a copied disk shows here. */
export function addContinuityRoutes(app: FastifyInstance, context: ContinuityContext): void {
  const { isHub, roles, onRequest, deviceOf, centreTime } = context;
  const spreadMs = spreadOf(context.store, context.now);
  const spoken = PROTOCOL_VERSIONS.filter((version) => !isHub || version >= 2);
  const { chains } = context.store;

  app.post('/sync/v1/hello', { onRequest }, async (request): Promise<HelloAnswer> => {
    const { versions, device, epoch, seq, hash, receipt } = parseRequest(helloRequest, request.body);
    if (device !== deviceOf(request).id) throw new Refusal('unauthorised');
    const version = spoken.find((each) => versions.includes(each));
    if (version === undefined) throw new Refusal('version-unsupported');
    context.versions.note(device, version);
    if (version < PROTOCOL_VERSIONS[0])
      request.log.info({ terminal: deviceOf(request).terminal, version }, 'an older program');
    const { seq: acked, hash: head } = chainHead(chains, device, epoch);
    if (receipt) await context.receipts.compare(device, receipt, request.log);
    const ours = seq === 0 ? hash : chains.findOp(device, epoch, seq)?.hash;
    return {
      version,
      newestEpoch: chains.newestEpoch(device),
      acked,
      head,
      agrees: ours === undefined ? null : ours === hash,
      ...(version >= 2 && { hub: context.store.self.device }),
      ...(version >= 2 && roles.fence !== null && { fence: roles.fence }),
      ...(version >= 3 && { spreadMs: spreadMs(), hubEpoch: context.store.dataEpoch }),
      centreTime: centreTime(),
    };
  });

  app.get('/sync/v1/chain', { onRequest }, async (request): Promise<z.infer<typeof chainAnswer>> => {
    const { epoch, seq } = parseRequest(chainQuery, request.query);
    return { hash: chains.findOp(deviceOf(request).id, epoch, seq)?.hash ?? null };
  });
}
