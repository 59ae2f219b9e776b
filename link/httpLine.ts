import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Circuit, GivenUpError } from './circuit.ts';
import { jsonBytes } from './jsonBytes.ts';
import { type Connect, type Exchange, type Line, type LineAnswer, LineError, NoStreamError } from './line.ts';
import { LineSpeed } from './lineSpeed.ts';
import { pack, packingLevel } from './packing.ts';
import { ownFetch, type TlsMaterial } from './secureFetch.ts';

const EXCHANGE_DEADLINE_MS = 20_000;
/** The other side sends a comment every 15 s; silence for longer means a half-open connection. */
const LIVE_SILENCE_MS = 40_000;
/** The first comment comes at once: when nothing comes, something in between keeps it. */
const FIRST_BYTE_MS = 8_000;

/**
 * After so many requests in a row that got no answer the line is given up for a while: who asks meanwhile hears so at once,
 * and that nothing was done, instead of waiting for a deadline each. Then one request tries it for all.
 */
const SILENT_REQUESTS = 5;
const GIVEN_UP_MS = 2_000;

/** The line over HTTP. Bodies are never logged. */
class HttpLine implements Line {
  readonly #circuit = new Circuit({
    ...{ silent: SILENT_REQUESTS, givenUpMs: GIVEN_UP_MS },
    isSilence: (error) => error instanceof LineError && error.sent,
  });
  readonly #root: string;
  #token: string | null = null;
  readonly headers = new Map<string, string>();
  /** Up and down: many lines are wider one way than the other. */
  readonly #up = new LineSpeed();
  readonly #down = new LineSpeed();
  readonly #open: () => typeof fetch;
  #fetch: typeof fetch;

  /** @param open ways over connections that nobody has used yet */
  constructor(url: string, open: () => typeof fetch, first: typeof fetch) {
    this.#open = open;
    this.#fetch = first;
    this.#root = url.replace(/\/+$/, '');
  }

  setToken(token: string): void {
    this.#token = token;
  }

  get isGivenUp(): boolean {
    return this.#circuit.isGivenUp;
  }

  async exchange(exchange: Exchange): Promise<LineAnswer> {
    if (exchange.isTrial) {
      // What was opened before an outage in which nobody answered may be dead, idle connections too: from here on all is new.
      this.#fetch = this.#open();
      const answer = await this.#exchange(exchange);
      this.#circuit.close();
      return answer;
    }
    return this.#circuit
      .through(() => this.#exchange(exchange))
      .catch((error: unknown) => {
        throw error instanceof GivenUpError ? new LineError(error, false) : error;
      });
  }

  async #exchange({
    method,
    path,
    body,
    headers: more,
    deadlineMs = EXCHANGE_DEADLINE_MS,
    signal: given,
  }: Exchange): Promise<LineAnswer> {
    const headers: Record<string, string> = { ...this.#headers(), ...more };
    let payload: Uint8Array<ArrayBuffer> | null = null;
    if (body !== undefined) {
      const plain = jsonBytes(body);
      const packed = await pack(plain, this.#up.bytesPerSecond);
      headers['content-type'] = 'application/json';
      if (packed) headers['content-encoding'] = 'gzip';
      payload = packed ?? plain;
    }
    // Otherwise it says by itself that it takes gzip.
    if (packingLevel(this.#down.bytesPerSecond) === null) headers['accept-encoding'] = 'identity';
    try {
      const deadline = AbortSignal.timeout(deadlineMs);
      const signal = given ? AbortSignal.any([deadline, given]) : deadline;
      const startedAt = performance.now();
      const response = await this.#fetch(this.#root + path, { method, headers, body: payload, signal });
      const heardAt = performance.now();
      const answer: unknown = await response.json();
      const workMs = workOf(response);
      if (workMs !== null) {
        const wayMs = heardAt - startedAt - workMs;
        this.#up.note(payload?.length ?? 0, wayMs);
        this.#down.note(Number(response.headers.get('content-length')), wayMs + performance.now() - heardAt);
      }
      return { ok: response.ok, status: response.status, body: answer, retryAfterMs: retryAfterOf(response, answer) };
    } catch (error) {
      throw new LineError(error, !isRefusedConnection(error));
    }
  }

  async *hints(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    const silence = new AbortController();
    const silentAfter = (ms: number) => setTimeout(() => silence.abort(), ms);
    let timer = silentAfter(FIRST_BYTE_MS);
    let isHeard = false;
    const stillAlive = () => {
      isHeard = true;
      clearTimeout(timer);
      timer = silentAfter(LIVE_SILENCE_MS);
    };
    try {
      const response = await this.#fetch(this.#root + path, {
        headers: this.#headers(),
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!response.ok || !response.body) throw new NoStreamError(new Error(`live ${response.status}`), true);
      const stream = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream({ onComment: stillAlive }));
      for await (const message of stream) {
        stillAlive();
        if (message.event === 'hint') yield JSON.parse(message.data);
      }
      if (!isHeard) throw new NoStreamError(new Error('live ended'), true);
    } catch (error) {
      throw silence.signal.aborted && !isHeard ? new NoStreamError(error, true) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(): Record<string, string> {
    const token = this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
    return { ...Object.fromEntries(this.headers), ...token };
  }
}

/** How long the other side worked on it, ms, as it says itself; null: it does not say. */
function workOf({ headers }: Response): number | null {
  const ms = /(?:^|[\s,])work;dur=([\d.]+)/.exec(headers.get('server-timing') ?? '')?.[1];
  return ms === undefined ? null : Number(ms);
}

function retryAfterOf(response: Response, body: unknown): number | null {
  const after = (body as { after?: unknown } | null)?.after;
  if (typeof after === 'number' && after > 0) return after;
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

/** A line over HTTP. */
export const connectHttp: Connect = (url) => new HttpLine(url, () => ownFetch(), fetch);

/** As `connectHttp`, to who shows a certificate of this authority, showing one's own. */
export function connectTls(tls: TlsMaterial): Connect {
  const shared = ownFetch(tls);
  return (url) => new HttpLine(url, () => ownFetch(tls), shared);
}

const UNCONNECTED = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Nobody listens there, or the way there is unknown: nothing can have arrived. */
function isRefusedConnection(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } } | null)?.cause;
  const codes = [cause?.code, ...(cause?.errors ?? []).map(({ code }) => code)].filter((code) => code !== undefined);
  return codes.length > 0 && codes.every((code) => UNCONNECTED.includes(String(code)));
}
