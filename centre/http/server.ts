import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { isFullDisk } from '../../disk/fullDisk.ts';
import { OverloadedError } from '../groupCommit.ts';
import { StoreBusyError } from '../store/types.ts';
import type { ServerTls } from './clientCertificate.ts';
import { acceptJson } from './jsonBody.ts';
import { packAnswers } from './packAnswers.ts';
import { Refusal } from './refusal.ts';
import { addRoutes, type RouteContext } from './routes.ts';
import { tellWorkTime } from './workTime.ts';

/** After which who was turned away may knock again, ms; spread, or all would come back together. */
const RETRY_FROM_MS = 500;
const RETRY_SPREAD_MS = 1_000;
/** Somebody has to make room first. */
const FULL_DISK_RETRY_MS = 60_000;
/** For a whole request to arrive, ms: a line that trickles holds no connection for ever. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The centre's HTTP face. Not yet listening. */
export function buildServer(context: RouteContext & { logger: Logger }): FastifyInstance {
  const app = Fastify({
    loggerInstance: context.logger as FastifyBaseLogger,
    // The ready-made lines carry whole URLs and addresses.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 65_000,
    ...(context.tls && { https: httpsOptions(context.tls) }),
    // A URL that cannot be decoded: fastify's own answer would repeat it.
    frameworkErrors: (_error, _request, { raw }) => {
      const { status, body } = new Refusal('bad-request', { where: 'url' });
      raw.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    },
  });
  acceptJson(app);
  // Before answers are packed: that is for the line.
  tellWorkTime(app);
  packAnswers(app);

  app.setNotFoundHandler((_request, reply) => answer(reply, new Refusal('bad-request', { status: 404, where: 'url' })));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = toRefusal(error);
    // Name and code only: a message may quote what was sent.
    if (refusal.status >= 500) request.log.error({ error: error.name, errorCode: error.code }, 'request failed');
    return answer(reply, refusal);
  });
  if (context.logger.isLevelEnabled('debug')) {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      const ms = Math.round(reply.elapsedTime);
      request.log.debug({ method: request.method, route, status: reply.statusCode, ms }, 'request');
    });
  }
  app.addHook('preClose', async () => context.hub.close());

  addRoutes(app, context);
  return app;
}

function httpsOptions({ cert, key, ca }: ServerTls): object {
  const client = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  return { cert, key, ...client, minVersion: 'TLSv1.2' };
}

function toRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreBusyError || error instanceof OverloadedError) {
    return new Refusal('busy', { after: RETRY_FROM_MS + Math.floor(Math.random() * RETRY_SPREAD_MS) });
  }
  // Images and what else lies beside the database.
  if (isFullDisk(error)) return new Refusal('busy', { status: 507, after: FULL_DISK_RETRY_MS });
  // What fastify itself found wrong with the request: media type, URL, headers.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal('bad-request', { status: error.statusCode });
  }
  return new Refusal('busy', { status: 500 });
}

function answer(reply: FastifyReply, { status, body }: Refusal): FastifyReply {
  reply.code(status);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (body.after !== undefined) reply.header('retry-after', String(Math.ceil(body.after / 1000)));
  return reply.send(body);
}
