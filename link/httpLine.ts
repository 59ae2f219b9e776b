import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { EventSourceParserStream } from 'eventsource-parser/stream';

const compress = promisify(gzip);
const COMPRESS_FROM_BYTES = 1024;
const EXCHANGE_DEADLINE_MS = 20_000;
/** The other side sends a comment every 15 s; silence for longer means a half-open connection. */
const LIVE_SILENCE_MS = 40_000;

/** No answer came, or none that could be read. `sent`: the other side may have acted all the same. */
export class LineError extends Error {
  override name = 'LineError';
  readonly sent: boolean;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.name : 'fetch', { cause });
    this.sent = !isRefusedConnection(cause);
  }
}

export interface LineAnswer {
  ok: boolean;
  status: number;
  body: unknown;
  /** From `Retry-After`, ms. */
  retryAfterMs: number | null;
}

export interface Exchange {
  method: 'GET' | 'POST';
  /** From the root on. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  deadlineMs?: number;
}

/** JSON and hints over HTTP to one address: terminal to hub, hub to centre. It knows no schema; bodies are never logged. */
export class HttpLine {
  readonly #root: string;
  #token: string | null = null;
  /** Sent with every request. */
  readonly headers = new Map<string, string>();

  constructor(url: string) {
    this.#root = url.replace(/\/+$/, '');
  }

  setToken(token: string): void {
    this.#token = token;
  }

  /** @throws LineError when no readable answer came within the deadline */
  async exchange({
    method,
    path,
    body,
    headers: more,
    deadlineMs = EXCHANGE_DEADLINE_MS,
  }: Exchange): Promise<LineAnswer> {
    const headers: Record<string, string> = { ...this.#headers(), ...more };
    let payload: Uint8Array<ArrayBuffer> | string | null = null;
    if (body !== undefined) {
      const text = JSON.stringify(body);
      headers['content-type'] = 'application/json';
      if (text.length > COMPRESS_FROM_BYTES) {
        payload = new Uint8Array(await compress(text));
        headers['content-encoding'] = 'gzip';
      } else {
        payload = text;
      }
    }
    try {
      const signal = AbortSignal.timeout(deadlineMs);
      const response = await fetch(this.#root + path, { method, headers, body: payload, signal });
      const answer: unknown = await response.json();
      const seconds = Number(response.headers.get('retry-after'));
      const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
      return { ok: response.ok, status: response.status, body: answer, retryAfterMs };
    } catch (error) {
      throw new LineError(error);
    }
  }

  /**
   * The data of each `event: hint`, until the stream ends, the other side falls silent, or `signal` fires.
   * @throws LineError when there is no stream
   */
  async *hints(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), LIVE_SILENCE_MS);
    const stillAlive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), LIVE_SILENCE_MS);
    };
    try {
      const response = await fetch(this.#root + path, {
        headers: this.#headers(),
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!response.ok || !response.body) throw new LineError(new Error(`live ${response.status}`));
      const stream = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream({ onComment: stillAlive }));
      for await (const message of stream) {
        stillAlive();
        if (message.event === 'hint') yield JSON.parse(message.data);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(): Record<string, string> {
    const token = this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
    return { ...Object.fromEntries(this.headers), ...token };
  }
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
