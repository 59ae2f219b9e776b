import { PREFER_HEADER, PREFERS_MINIMAL } from '../../../contract/sync.ts';
import type { Exchange, LineAnswer } from '../../../link/line.ts';

/** Versions of the protocol that terminals of the hall may speak beside the present one. */
export type OlderVersion = 2 | 1;

const UNKNOWN_PATH: LineAnswer = { ok: false, status: 404, body: null, retryAfterMs: null };

/**
 * What a program of an earlier version says, made from what this one says: it signs nothing and has no key, names the
 * versions it speaks, and asks for nothing that came later.
 */
export function asOlderProgram(version: OlderVersion) {
  return {
    instead: ({ path }: Exchange): LineAnswer | null => (path === '/sync/v1/session' ? UNKNOWN_PATH : null),
    request: (exchange: Exchange): Exchange => {
      const { path, body } = exchange;
      if (path === '/sync/v1/enrol') return { ...exchange, body: without(body, 'publicKey') };
      if (path === '/sync/v1/push')
        return { ...exchange, headers: { ...exchange.headers, [PREFER_HEADER]: PREFERS_MINIMAL } };
      if (path !== '/sync/v1/hello') return exchange;
      const versions = version === 2 ? [2, 1] : [1];
      return { ...exchange, body: { ...without(body, 'receipt'), versions } };
    },
  };
}

function without(body: unknown, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = body as Record<string, unknown>;
  return rest;
}
