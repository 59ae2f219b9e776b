import { gunzipSync, gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import type { LineAnswer } from '../../../link/line.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

/** Of the requests, in runs in which there is too much at once. */
const TURNED_AWAY = 0.04;
/** Of the bodies, on lines that are slow enough for it. */
const PACKED = 0.5;

/** Narrow lines, on which bodies are packed, and servers that are asked too much; drawn from a stream of its own. */
export class Pressure {
  readonly #random: Random;
  readonly #trace: Trace;
  #isOver = false;

  constructor(random: Random, trace: Trace) {
    this.#random = random;
    this.#trace = trace;
  }

  /** From here on nobody is asked too much; lines stay narrow. */
  end(): void {
    this.#isOver = true;
  }

  /** @returns the answer of a server that takes no more now; null: it takes this one */
  turnAway(): LineAnswer | null {
    if (this.#isOver || !this.#random.chance(TURNED_AWAY)) return null;
    this.#trace.count('turned away as too much');
    const after = this.#random.int(100, 1500);
    return { ok: false, status: 429, body: { code: 'busy', message: '中心正忙', after }, retryAfterMs: after };
  }

  /** As a line sends it that is slow enough to gain by it. */
  pack({ headers, payload, ...options }: InjectOptions): InjectOptions {
    const isPacked = typeof payload === 'string' && this.#random.chance(PACKED);
    if (isPacked) this.#trace.count('packed request');
    return {
      ...options,
      headers: { ...headers, 'accept-encoding': 'gzip', ...(isPacked && { 'content-encoding': 'gzip' }) },
      ...(payload !== undefined && { payload: isPacked ? gzipSync(payload) : payload }),
    };
  }

  unpack({ headers, rawPayload }: { headers: Record<string, unknown>; rawPayload: Buffer }): string {
    if (headers['content-encoding'] !== 'gzip') return rawPayload.toString();
    this.#trace.count('packed answer');
    return gunzipSync(rawPayload).toString();
  }
}
