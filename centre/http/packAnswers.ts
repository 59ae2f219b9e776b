import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const pack = promisify(gzip);
/** What fits a few packets gains nothing. */
const PACK_FROM_BYTES = 4096;

/**
 * Long answers go out as gzip to whoever takes it: a page of records shrinks to a fifth, and a slow line is what a hall has.
 * At the quickest level, since the lines inside a hall are not slow.
 */
export function packAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < PACK_FROM_BYTES || !takesGzip(request.headers)) return payload;
    const packed = await pack(payload, { level: constants.Z_BEST_SPEED });
    reply.header('content-encoding', 'gzip').header('content-length', packed.length);
    return packed;
  });
}

function takesGzip(headers: { 'accept-encoding'?: string | string[] | undefined }): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(headers['accept-encoding'] ?? ''));
}
