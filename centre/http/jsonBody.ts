import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PUSH_MAX_BYTES } from '../../contract/sync.ts';
import { Refusal } from './refusal.ts';

const unzip = promisify(gunzip);

/** A sender who goes on this far beyond the limit gets a closed line instead of an answer. */
const DRAIN_MAX_BYTES = 16 * PUSH_MAX_BYTES;

/** Makes the server take JSON bodies, plain or gzip, of at most 1 MiB both as sent and unpacked; and nothing else. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', readJson);
}

async function readJson(request: FastifyRequest, payload: IncomingMessage): Promise<unknown> {
  const sent = await collect(payload);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  let plain = sent;
  if (encoding === 'gzip') plain = await unpack(sent);
  else if (encoding !== 'identity') throw new Refusal('bad-request', { status: 415, where: 'content-encoding' });
  try {
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw new Refusal('bad-request', { where: 'json' });
  }
}

/** Reads a body that is too large to its end without keeping it, so that the sender gets to read why. */
async function collect(payload: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > DRAIN_MAX_BYTES) break;
    if (bytes <= PUSH_MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > PUSH_MAX_BYTES) throw new Refusal('too-large');
  return Buffer.concat(chunks);
}

async function unpack(sent: Buffer): Promise<Buffer> {
  try {
    return await unzip(sent, { maxOutputLength: PUSH_MAX_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? new Refusal('too-large') : new Refusal('bad-request', { where: 'gzip' });
  }
}
