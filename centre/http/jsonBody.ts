import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PUSH_MAX_BYTES } from '../../contract/sync.ts';
import { prefersAsync } from './prefer.ts';
import { Refusal } from './refusal.ts';
import { noteArrived } from './workTime.ts';

/** Of the body as it was signed, before it was packed. */
const digests = new WeakMap<FastifyRequest, string>();

/** The body of this request, when it comes, must be the one that was signed. */
export function expectDigest(request: FastifyRequest, digest: string): void {
  digests.set(request, digest);
}

/** Of requests that may be kept as they came. */
const texts = new WeakMap<FastifyRequest, Buffer>();

/** The body as it came, unpacked; undefined: nobody said that it may be kept so. */
export function textOf(request: FastifyRequest): Buffer | undefined {
  return texts.get(request);
}

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
  noteArrived(request);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  let plain = sent;
  if (encoding === 'gzip') plain = await unpack(sent);
  else if (encoding !== 'identity') throw new Refusal('bad-request', { status: 415, where: 'content-encoding' });
  const digest = digests.get(request);
  if (digest !== undefined && hash('sha256', plain, 'hex') !== digest) throw new Refusal('unauthorised');
  if (prefersAsync(request)) texts.set(request, plain);
  try {
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw new Refusal('bad-request', { where: 'json' });
  }
}

/**
 * Reads a body that is too large to its end without keeping it, so that the sender gets to read why. By events: an
 * iterator over the stream costs a small request more than its parsing does.
 */
function collect(payload: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= PUSH_MAX_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > DRAIN_MAX_BYTES) payload.destroy(new Refusal('too-large'));
    });
    payload.on('end', () => {
      const [first] = chunks;
      if (bytes > PUSH_MAX_BYTES) reject(new Refusal('too-large'));
      else resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks));
    });
    payload.on('error', reject);
    // A line that was cut: without this a request that never ends would wait for ever.
    payload.on('close', () => {
      if (!payload.readableEnded) reject(new Refusal('bad-request', { where: 'body' }));
    });
  });
}

async function unpack(sent: Buffer): Promise<Buffer> {
  try {
    return await unzip(sent, { maxOutputLength: PUSH_MAX_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? new Refusal('too-large') : new Refusal('bad-request', { where: 'gzip' });
  }
}
