import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { z } from 'zod';
import { type BlanksAnswer, type BlanksRequest, blanksAnswer } from '../contract/blanks.ts';
import { YichuangError } from '../contract/errors.ts';
import { type OfficeAnswer, type OfficeRequest, officeAnswer, officeRefusal } from '../contract/office.ts';
import { type OutageAnswer, type OutageRequest, outageAnswer } from '../contract/outage.ts';
import {
  type PaymentAnswer,
  type PaymentRequest,
  paymentAnswer,
  type ReconcileAnswer,
  type ReconcileRequest,
  reconcileAnswer,
} from '../contract/payment.ts';
import {
  type PresenceAnswer,
  type PresenceRequest,
  presenceAnswer,
  type QueueAnswer,
  type QueueRequest,
  queueAnswer,
} from '../contract/queue.ts';
import { type PresenceList, presenceList } from '../contract/queuePresence.ts';
import {
  chainAnswer,
  type EnrolAnswer,
  type EnrolRequest,
  enrolAnswer,
  gapAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type LiveHint,
  liveHint,
  type PullAnswer,
  type PushAnswer,
  type PushRequest,
  pullAnswer,
  pushAnswer,
  syncError,
} from '../contract/sync.ts';

/** Why an exchange failed, as far as the client must tell the cases apart. */
export class CentreError extends Error {
  override name = 'CentreError';
  readonly kind: 'offline' | 'refused' | 'gap' | 'forked' | 'protocol';
  /** For `gap`: the next sequence number the centre wants. */
  readonly expected: number | null;
  /** From `Retry-After`, ms. */
  readonly retryAfterMs: number | null;
  /** No connection came about: the other side cannot have done what was asked. */
  readonly isUnsent: boolean;

  constructor(
    kind: CentreError['kind'],
    detail: string,
    extra: { expected?: number; retryAfterMs?: number; isUnsent?: boolean } = {},
  ) {
    super(`${kind}: ${detail}`);
    this.kind = kind;
    this.expected = extra.expected ?? null;
    this.retryAfterMs = extra.retryAfterMs ?? null;
    this.isUnsent = extra.isUnsent ?? false;
  }
}

const compress = promisify(gzip);
const COMPRESS_FROM_BYTES = 1024;
const EXCHANGE_DEADLINE_MS = 20_000;
/** Somebody stands at the window; the same command again is safe. */
const QUEUE_DEADLINE_MS = 4_000;
const PRESENCE_DEADLINE_MS = 3_000;
/** The centre sends a comment every 15 s; silence for longer means a half-open connection. */
const LIVE_SILENCE_MS = 40_000;

/** HTTP calls to the hub or centre (contract/sync.ts). Answers are checked against the contract; bodies are never logged. */
export class CentreApi {
  readonly #base: string;
  readonly #office: string;
  readonly #onHeard: () => void;
  #token: string | null = null;

  /** @param onHeard the other side answered, whatever it said */
  constructor(url: string, onHeard: () => void = () => {}) {
    this.#onHeard = onHeard;
    const root = url.replace(/\/+$/, '');
    this.#base = `${root}/sync/v1`;
    this.#office = `${root}/office/v1`;
  }

  setToken(token: string): void {
    this.#token = token;
  }

  enrol(request: EnrolRequest): Promise<EnrolAnswer> {
    return this.#exchange('POST', '/enrol', enrolAnswer, request);
  }

  hello(request: HelloRequest): Promise<HelloAnswer> {
    return this.#exchange('POST', '/hello', helloAnswer, request);
  }

  /** Hash of an own op as the centre has it; null when it has none under that number. */
  async chainHash(epoch: number, seq: number): Promise<string | null> {
    const query = new URLSearchParams({ epoch: String(epoch), seq: String(seq) });
    return (await this.#exchange('GET', `/chain?${query.toString()}`, chainAnswer)).hash;
  }

  push(request: PushRequest): Promise<PushAnswer> {
    return this.#exchange('POST', '/push', pushAnswer, request);
  }

  pull(scope: string, after: number, limit: number): Promise<PullAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    return this.#exchange('GET', `/pull?${query.toString()}`, pullAnswer);
  }

  /**
   * Asks the centre to act on a case.
   * @throws YichuangError with the centre's own code when it refuses; CentreError when the line fails
   */
  act(request: OfficeRequest): Promise<OfficeAnswer> {
    return this.#exchange('POST', '/act', officeAnswer, request, this.#office);
  }

  /** @throws like `act` */
  moveBlanks(request: BlanksRequest): Promise<BlanksAnswer> {
    return this.#exchange('POST', '/blanks', blanksAnswer, request, this.#office);
  }

  /** @throws like `act` */
  outage(request: OutageRequest): Promise<OutageAnswer> {
    return this.#exchange('POST', '/outage', outageAnswer, request, this.#office);
  }

  /** @throws YichuangError, CentreError as `act` */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.#exchange('POST', '/payment', paymentAnswer, request, this.#office);
  }

  /** @throws YichuangError, CentreError as `act` */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.#exchange('POST', '/reconcile', reconcileAnswer, request, this.#office);
  }

  /** A command to the queue desk; the same `commandId` again answers the same. @throws as `act` */
  queue(request: QueueRequest): Promise<QueueAnswer> {
    return this.#exchange('POST', '/queue', queueAnswer, request, this.#office, QUEUE_DEADLINE_MS);
  }

  /** Whom the hub hears. @throws as `act` */
  presences(): Promise<PresenceList> {
    return this.#exchange('GET', '/queue/presence', presenceList, undefined, this.#office, PRESENCE_DEADLINE_MS);
  }

  /** @throws as `act` */
  presence(request: PresenceRequest): Promise<PresenceAnswer> {
    return this.#exchange('POST', '/queue/presence', presenceAnswer, request, this.#office, PRESENCE_DEADLINE_MS);
  }

  /** Hints until the connection ends, the centre falls silent, or `signal` fires. Losing one is harmless. */
  async *live(signal: AbortSignal): AsyncGenerator<LiveHint> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), LIVE_SILENCE_MS);
    const stillAlive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), LIVE_SILENCE_MS);
    };
    try {
      const response = await fetch(`${this.#base}/live`, {
        headers: this.#headers(),
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!response.ok || !response.body) throw new CentreError('offline', `live ${response.status}`);
      const stream = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream({ onComment: stillAlive }));
      for await (const message of stream) {
        stillAlive();
        if (message.event !== 'hint') continue;
        const hint = liveHint.safeParse(JSON.parse(message.data));
        if (hint.success) yield hint.data;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(): Record<string, string> {
    return this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
  }

  async #exchange<S extends z.ZodType>(
    method: string,
    path: string,
    schema: S,
    body?: unknown,
    base = this.#base,
    deadlineMs = EXCHANGE_DEADLINE_MS,
  ): Promise<z.output<S>> {
    const headers = this.#headers();
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
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(base + path, {
        method,
        headers,
        body: payload,
        signal: AbortSignal.timeout(deadlineMs),
      });
      answer = await response.json();
    } catch (error) {
      const detail = error instanceof Error ? error.name : 'fetch';
      throw new CentreError('offline', detail, { isUnsent: isUnconnected(error) });
    }
    // What stands before a dead hub may still answer for it.
    if (response.status !== 429 && response.status < 500) this.#onHeard();
    if (response.ok) {
      const parsed = schema.safeParse(answer);
      if (!parsed.success)
        throw new CentreError('protocol', `answer to ${path.split('?')[0]} does not fit the contract`);
      return parsed.data;
    }
    const refusal = officeRefusal.safeParse(answer);
    if (base === this.#office && refusal.success) throw new YichuangError(refusal.data.code);
    throw describeFailure(response, answer);
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

function isUnconnected(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } }).cause;
  const codes = [cause?.code, ...(cause?.errors ?? []).map(({ code }) => code)].filter((code) => code !== undefined);
  return codes.length > 0 && codes.every((code) => UNCONNECTED.includes(String(code)));
}

function describeFailure(response: Response, answer: unknown): CentreError {
  const gap = gapAnswer.safeParse(answer);
  if (gap.success) return new CentreError('gap', `expected ${gap.data.expected}`, { expected: gap.data.expected });
  const known = syncError.safeParse(answer);
  const code = known.success ? known.data.code : `http ${response.status}`;
  const seconds = Number(response.headers.get('retry-after'));
  const retry = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
  if (code === 'forked') return new CentreError('forked', code);
  if (response.status === 401 || response.status === 403) return new CentreError('refused', code);
  if (response.status === 429 || response.status >= 500) return new CentreError('offline', code, retry);
  return new CentreError('protocol', code);
}
