import type { InjectOptions } from 'fastify';
import { jsonBytes } from '../../../link/jsonBytes.ts';
import type { Exchange, Line, LineAnswer } from '../../../link/line.ts';
import { type Life, livesNow } from './scope.ts';

/** As the real line has it (link/httpLine.ts). */
const DEADLINE_MS = 20_000;

/** What carries requests and hints from one machine to another. */
export interface Carrier {
  exchange(
    from: string,
    to: string,
    life: Life,
    options: InjectOptions,
    limits: { deadlineMs: number; signal: AbortSignal | undefined },
  ): Promise<LineAnswer>;
  hints(from: string, to: string, life: Life, options: InjectOptions, signal: AbortSignal): AsyncGenerator<unknown>;
}

/** Looks at, and may change, what goes over a line: an older program, a receipt to keep. */
export interface Tap {
  /** Answered without being sent: an older program asks no such thing. */
  instead?: (exchange: Exchange) => LineAnswer | null;
  request?: (exchange: Exchange) => Exchange;
  answer?: (exchange: Exchange, answer: LineAnswer) => void;
}

/** The line of one life of a machine to another. */
export class SimLine implements Line {
  readonly isGivenUp = false;
  readonly headers = new Map<string, string>();
  readonly #network: Carrier;
  readonly #from: string;
  readonly #to: string;
  readonly #life: Life;
  readonly #tap: Tap;
  #token: string | null = null;

  constructor(network: Carrier, from: string, to: string, life: Life, tap: Tap) {
    this.#network = network;
    this.#from = from;
    this.#to = to;
    this.#life = life;
    this.#tap = tap;
  }

  setToken(token: string): void {
    this.#token = token;
  }

  async exchange(given: Exchange): Promise<LineAnswer> {
    const instead = this.#tap.instead?.(given) ?? null;
    if (instead) return instead;
    const exchange = this.#tap.request?.(given) ?? given;
    const { method, path, body, headers: more, deadlineMs = DEADLINE_MS, signal } = exchange;
    const headers = { ...this.#headers(), ...more };
    const options: InjectOptions = {
      method,
      url: path,
      headers,
      ...(body !== undefined && {
        payload: Buffer.from(jsonBytes(body)).toString(),
        headers: { ...headers, 'content-type': 'application/json' },
      }),
    };
    const answer = await this.#network.exchange(this.#from, this.#to, this.#life, options, { deadlineMs, signal });
    this.#tap.answer?.(exchange, answer);
    return answer;
  }

  hints(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    const life = livesNow() ?? this.#life;
    return this.#network.hints(
      this.#from,
      this.#to,
      life,
      { method: 'GET', url: path, headers: this.#headers() },
      signal,
    );
  }

  #headers(): Record<string, string> {
    const token = this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
    return { ...Object.fromEntries(this.headers), ...token };
  }
}
