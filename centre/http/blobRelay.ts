import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BLOB_PATH } from '../../contract/blobs.ts';
import { ERRORS } from '../../contract/errors.ts';
import { FENCE_HEADER } from '../../contract/hub.ts';
import { LACKING_PATH } from '../../contract/lackingImages.ts';
import { ON_BEHALF_HEADER } from '../../contract/relay.ts';
import type { TlsMaterial } from '../../link/secureFetch.ts';
import type { Relay } from '../relay/relay.ts';
import type { EnrolledDevice } from '../store/types.ts';
import { Refusal } from './refusal.ts';

/** A line that carries nothing for this long is given up, ms. */
const SILENCE_MS = 20_000;

/** For its turn on the line to the centre a chunk waits so long, ms; the terminal comes again. */
const TURN_MS = 30_000;

/** About one connection, or about who speaks: not to be passed on. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect'],
  ...['authorization', 'proxy-authorization', 'proxy-authenticate', FENCE_HEADER, ON_BEHALF_HEADER],
]);

interface BlobRelayContext {
  relay: Pick<Relay, 'line' | 'gate'>;
  /** Where the centre speaks TLS. */
  outgoing?: TlsMaterial | undefined;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
}

/**
 * Images of scanned pages lie at the centre: a hub passes what its terminals send and ask for through as it comes, and keeps
 * nothing. Without a line to the centre they wait at the terminals.
 */
export function addBlobRelay(app: FastifyInstance, { relay, outgoing, onRequest, deviceOf }: BlobRelayContext): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const passTo = async (request: FastifyRequest, path: string, reply: { hijack(): void; raw: ServerResponse }) => {
      const { line } = relay;
      const device = deviceOf(request).id;
      reply.hijack();
      if (line === null) return answerOffline(reply.raw);
      const headers = { authorization: `Bearer ${line.token}`, [ON_BEHALF_HEADER]: device };
      const pass = () => passOn(request.raw, reply.raw, `${line.url}${path}`, { headers, ...outgoing });
      // Somebody who looks at a page waits for it; what is sent has time, and its body stays unread until then.
      if (request.method === 'GET' || request.method === 'HEAD') return pass();
      const given = new AbortController();
      reply.raw.once('close', () => given.abort());
      const leave = await relay.gate
        .enter('blobs', AbortSignal.any([given.signal, AbortSignal.timeout(TURN_MS)]))
        .catch(() => null);
      if (leave === null) return answerOffline(reply.raw);
      await pass().finally(leave);
    };
    for (const path of [BLOB_PATH, LACKING_PATH])
      scope.post(path, { onRequest }, (request, reply) => passTo(request, path, reply));
    scope.route<{ Params: { sha256: string } }>({
      method: ['GET', 'HEAD', 'PATCH'],
      url: `${BLOB_PATH}/:sha256`,
      onRequest,
      handler: async (request, reply) => {
        const { sha256 } = request.params;
        if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Refusal('bad-request', { status: 404, where: 'sha256' });
        await passTo(request, `${BLOB_PATH}/${sha256}`, reply);
      },
    });
  });
}

/** Body to body, without keeping it; when either side breaks off, so does the other. */
async function passOn(
  request: IncomingMessage,
  reply: ServerResponse,
  url: string,
  { headers, ...tls }: TlsMaterial & { headers: OutgoingHttpHeaders },
): Promise<void> {
  const { request: open } = url.startsWith('https:') ? https : http;
  const outgoing = open(url, {
    method: request.method,
    headers: { ...shared(request.headers), ...headers },
    timeout: SILENCE_MS,
    ...tls,
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error('silence')));
  reply.on('close', () => outgoing.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  try {
    // The answer may come before the body has gone: a refusal does not wait for it.
    pipeline(request, outgoing).catch(() => {});
    const answer = await answered;
    reply.writeHead(answer.statusCode ?? 502, shared(answer.headers));
    await pipeline(answer, reply);
  } catch {
    if (reply.headersSent) reply.destroy();
    else answerOffline(reply);
  }
}

function shared(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name)));
}

function answerOffline(reply: ServerResponse): void {
  const body = JSON.stringify({ code: 'offline', message: ERRORS.offline });
  reply.writeHead(503, { 'content-type': 'application/json; charset=utf-8', connection: 'close' }).end(body);
}
