import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type LiveHint, type WaitAnswer, waitQuery } from '../../contract/sync.ts';
import { HintStream, type Listening, type LiveHub } from '../live.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest } from './refusal.ts';
import { ownScopes } from './scopeRights.ts';

export interface LiveRouteContext {
  store: Pick<CentreStore, 'scopeHeads'>;
  hub: LiveHub;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
}

/** Hints at new rows: as a stream, and one request at a time where a proxy lets no stream through. */
export function addLiveRoutes(app: FastifyInstance, { store, hub, onRequest, deviceOf }: LiveRouteContext): void {
  /** By device: whoever asks again has given up what it asked before. */
  const waiting = new Map<string, () => void>();

  app.get('/sync/v1/live', { onRequest }, async (request, reply) => {
    const device = deviceOf(request);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = new HintStream(raw);
    const scopes = ownScopes(device);
    raw.on('close', hub.subscribe({ device: device.id, scopes, stream }));
    stream.beat();
    // What the listener missed while it was away; subscribed first, so nothing falls between.
    for (const { scope, head } of await store.scopeHeads(scopes)) if (head > 0) stream.hint(scope, head);
  });

  app.get('/sync/v1/wait', { onRequest }, async (request, reply): Promise<WaitAnswer> => {
    const asked = parseRequest(waitQuery, request.query);
    const { id } = deviceOf(request);
    const known = readKnown(asked.known);
    const scopes = ownScopes(deviceOf(request));
    waiting.get(id)?.();
    const wait = waitFor(hub, { device: id, scopes, known }, asked.waitMs);
    waiting.set(id, wait.end);
    reply.raw.once('close', wait.end);
    for (const { scope, head } of await store.scopeHeads(scopes)) if (head > 0) wait.hint(scope, head);
    const hints = await wait.hints;
    if (waiting.get(id) === wait.end) waiting.delete(id);
    reply.header('cache-control', 'no-store');
    return { hints };
  });
}

interface Wait extends Listening {
  hints: Promise<LiveHint[]>;
}

function waitFor(
  hub: LiveHub,
  { device, scopes, known }: { device: string; scopes: readonly string[]; known: ReadonlyMap<string, number> },
  waitMs: number,
): Wait {
  const { promise, resolve } = Promise.withResolvers<LiveHint[]>();
  const news = new Map<string, number>();
  const end = () => {
    clearTimeout(timer);
    unsubscribe();
    resolve([...news].map(([scope, head]) => ({ scope, head })));
  };
  const timer = setTimeout(end, waitMs);
  const listening: Listening = {
    hint(scope, head) {
      // Of a scope without rows of its own every hint is news.
      if (head > 0 && head <= (known.get(scope) ?? 0)) return;
      // What is published together comes together.
      if (news.size === 0) setImmediate(end);
      news.set(scope, head);
    },
    beat: () => {},
    end,
  };
  const unsubscribe = hub.subscribe({ device, scopes, stream: listening });
  return { ...listening, hints: promise };
}

function readKnown(text: string): Map<string, number> {
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split('@') as [string, string]);
  return new Map(pairs.map(([scope, pos]) => [scope, Number(pos)]));
}
