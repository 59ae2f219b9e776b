import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pullQuery, snapshotQuery } from '../../contract/sync.ts';
import { digestOfSnapshot, ScopeDigests } from '../scopeDigests.ts';
import type { ReaderPage } from '../store/scopeTypes.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { prefersMinimal } from './prefer.ts';
import { parseRequest, Refusal } from './refusal.ts';
import { mayRead } from './scopeRights.ts';

/** A page ends before it grows beyond this, whatever the limit in rows. */
const PAGE_MAX_BYTES = 4 * 1024 * 1024;

export interface ScopeRouteContext {
  store: CentreStore;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  centreTime: () => string;
  /** Somebody has read other rows here than there are, or more. */
  onDiffers: () => void;
}

/** What is published to a scope: row by row, and as a snapshot where rows are no longer kept for everybody. */
export function addScopeRoutes(
  app: FastifyInstance,
  { store, onRequest, deviceOf, centreTime, onDiffers }: ScopeRouteContext,
): void {
  const digests = new ScopeDigests(store);
  const assertReadable = async (request: FastifyRequest, scope: string) => {
    if (!(await mayRead(store, deviceOf(request), scope))) throw new Refusal('scope-forbidden');
  };

  app.get('/sync/v1/pull', { onRequest }, async (request, reply) => {
    const { scope, after, limit, digest } = parseRequest(pullQuery, request.query);
    await assertReadable(request, scope);
    const pageLimit = { rows: limit, bytes: PAGE_MAX_BYTES };
    const { rows, head, floor } = prefersMinimal(request)
      ? await store.readScopeFor(deviceOf(request).id, scope, after, pageLimit)
      : await store.readScope(scope, after, pageLimit);
    if (after < floor) throw new Refusal('snapshot-needed');
    if (digest !== undefined) {
      const ours = after > head ? '' : digests.at(scope, after);
      if (ours !== null && ours !== digest) {
        request.log.error({ scope, after, terminal: deviceOf(request).terminal }, 'a replica has other rows');
        onDiffers();
        throw new Refusal('scope-differs');
      }
    }
    reply.type('application/json; charset=utf-8');
    return `{"scope":${JSON.stringify(scope)},"rows":${asJson(rows)},"head":${head},"centreTime":"${centreTime()}"}`;
  });

  app.get('/sync/v1/snapshot', { onRequest }, async (request, reply) => {
    const asked = parseRequest(snapshotQuery, request.query);
    const { scope, after, limit } = asked;
    await assertReadable(request, scope);
    const upTo = asked.head ?? (await store.scopeHeads([scope]))[0]?.head ?? 0;
    const page = await store.readSnapshot(scope, after, upTo, { rows: limit, bytes: PAGE_MAX_BYTES });
    if (upTo > page.head || (asked.floor !== undefined && asked.floor !== page.floor))
      throw new Refusal('snapshot-needed');
    const last = page.rows.at(-1)?.pos ?? after;
    const [next] = store.scopeHashes(scope, { after: last, upTo, kept: true }, 1);
    const ofScope = next ? null : digests.at(scope, upTo);
    // A digest that is not yet known is known a moment later: the empty page is asked for again.
    const ended = ofScope === null ? null : { rows: await digestOfSnapshot(store, scope, upTo), scope: ofScope };
    reply.type('application/json; charset=utf-8');
    const rest = JSON.stringify({ head: upTo, floor: page.floor, digests: ended, centreTime: centreTime() });
    return `{"scope":${JSON.stringify(scope)},"rows":${asJson(page.rows)},${rest.slice(1)}`;
  });
}

/** The stored text goes out as it is: parsing it only to write it again would be most of the work. */
function asJson(rows: ReaderPage['rows']): string {
  const texts = rows.map((row) => ('own' in row ? JSON.stringify(row) : `{"pos":${row.pos},"op":${row.envelope}}`));
  return `[${texts.join(',')}]`;
}
