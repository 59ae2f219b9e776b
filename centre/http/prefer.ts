import type { FastifyRequest } from 'fastify';
import { PREFER_HEADER, PREFERS_ASYNC, PREFERS_MINIMAL } from '../../contract/sync.ts';

/** Whoever asks takes an answer without what it knows already. */
export function prefersMinimal(request: FastifyRequest): boolean {
  return prefers(request, PREFERS_MINIMAL);
}

/** Whoever asks is content when this is judged later. */
export function prefersAsync(request: FastifyRequest): boolean {
  return prefers(request, PREFERS_ASYNC);
}

function prefers({ headers }: FastifyRequest, preference: string): boolean {
  const header = headers[PREFER_HEADER];
  return typeof header === 'string' && header.split(/ *, */).includes(preference);
}
