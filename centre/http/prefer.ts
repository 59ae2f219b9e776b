import type { FastifyRequest } from 'fastify';
import { PREFER_HEADER, PREFERS_MINIMAL } from '../../contract/sync.ts';

/** Whoever asks takes an answer without what it knows already. */
export function prefersMinimal({ headers }: FastifyRequest): boolean {
  return headers[PREFER_HEADER] === PREFERS_MINIMAL;
}
