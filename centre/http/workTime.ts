import type { FastifyInstance, FastifyRequest } from 'fastify';

const arrived = new WeakMap<FastifyRequest, number>();

/** The last byte of it is here: from now on the time is ours. */
export function noteArrived(request: FastifyRequest): void {
  arrived.set(request, performance.now());
}

/**
 * Says with each answer how long it was worked on (`Server-Timing: work;dur=12.3`, ms). Whoever asked takes that off what it
 * waited, and knows how fast its line is.
 */
export function tellWorkTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    noteArrived(request);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const since = arrived.get(request);
    if (since !== undefined) reply.header('server-timing', `work;dur=${(performance.now() - since).toFixed(1)}`);
    done(null, payload);
  });
}
