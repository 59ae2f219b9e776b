import Fastify from 'fastify';

/** The baseline of `bench push`: the same bodies over the same framework, parsed, and answered with nothing done. */
const app = Fastify({ bodyLimit: 4 * 1024 * 1024 });
app.post('/sync/v1/push', async (request) => ({ ops: (request.body as { ops: unknown[] }).ops.length }));
process.stdout.write(`${JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }) })}\n`);
