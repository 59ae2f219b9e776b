import { hash } from 'node:crypto';
import { formatRequestSignature, type SessionRequest, SIGNATURE_HEADER, sessionAnswer } from '../contract/signing.ts';
import { syncError } from '../contract/sync.ts';
import { requestStatement } from '../domain/ledger/statements.ts';
import type { SigningKey } from '../signing/key.ts';
import { jsonBytes } from './jsonBytes.ts';
import { type Exchange, type Line, type LineAnswer, LineError } from './line.ts';

const SESSION_PATH = '/sync/v1/session';
/** Signed by what they carry: an enrolment by its code, a push by its author's signature over the chain. */
const UNSIGNED_PATHS: ReadonlySet<string> = new Set(['/sync/v1/enrol', '/sync/v1/push', SESSION_PATH]);

/** Of who is busy and does not say for how long, ms. */
const BUSY_MS = 1_000;

/** By whom requests are signed. */
export interface Identity {
  device: string;
  key: SigningKey;
  /** Ops up to here were handed over, if at all, before there was a key. */
  from: () => SessionRequest['from'];
  /** Hears who answers, each time a session was asked for; throws when that is not who is known. */
  believe?: (authority: Authority) => void;
}

/** Whoever answers a session. */
export interface Authority {
  device: string;
  publicKey: string;
}

interface Session {
  id: string;
  audience: string;
  counter: number;
}

/**
 * A line on which requests are signed, once there is a key and the other side knows how. A session is asked for by
 * `greet`, or before the first request that needs one; one that the other side has forgotten is asked for anew, and the request it refused is sent once more: a refusal
 * for the session's sake has done nothing.
 */
export class SignedLine implements Line {
  readonly #line: Line;
  #identity: Identity | null = null;
  #session: Session | null = null;
  /** Whether somebody was asked for a session, whatever came of it. */
  #hasAsked = false;

  constructor(line: Line) {
    this.#line = line;
  }

  get headers(): Map<string, string> {
    return this.#line.headers;
  }

  setToken(token: string): void {
    this.#line.setToken(token);
  }

  get isGivenUp(): boolean {
    return this.#line.isGivenUp;
  }

  setIdentity(identity: Identity): void {
    this.#identity = identity;
    this.#session = null;
    this.#hasAsked = false;
  }

  /** Whether requests are signed at present. */
  get isSigning(): boolean {
    return this.#session !== null;
  }

  /**
   * Asks for a session; whoever does not know what that is, is spoken to as before.
   * @returns who answered; null: nobody who knows of sessions, or there is no key here
   * @throws LineError also when it is too busy now
   */
  async greet(limits: Pick<Exchange, 'deadlineMs' | 'signal'> = {}): Promise<Authority | null> {
    this.#session = null;
    this.#hasAsked = true;
    if (this.#identity === null) return null;
    const { device, key, from, believe } = this.#identity;
    const body: SessionRequest = { device, publicKey: key.publicKey, from: from() };
    const headers = this.#sign('POST', SESSION_PATH, body, { id: '-', audience: '-', counter: 0 });
    const answer = await this.#line.exchange({ method: 'POST', path: SESSION_PATH, body, headers, ...limits });
    // Not now is not never: who goes on unsigned would be taken for a stranger.
    if (answer.status === 429 || answer.status >= 500) {
      this.#hasAsked = false;
      const busyForMs = answer.status === 429 ? (answer.retryAfterMs ?? BUSY_MS) : null;
      throw new LineError(new Error(`session ${answer.status}`), false, busyForMs);
    }
    const parsed = answer.ok ? sessionAnswer.safeParse(answer.body) : null;
    if (!parsed?.success) return null;
    const { session, audience, publicKey } = parsed.data;
    const authority = { device: audience, publicKey };
    // Also when the session was asked for in the middle of something else: its receipts are to be believed.
    believe?.(authority);
    if (session !== null) this.#session = { id: session, audience, counter: 0 };
    return authority;
  }

  async exchange(exchange: Exchange): Promise<LineAnswer> {
    const needsSession = exchange.method !== 'GET' && !UNSIGNED_PATHS.has(exchange.path);
    const { deadlineMs, signal } = exchange;
    const limits = { ...(deadlineMs && { deadlineMs }), ...(signal && { signal }) };
    if (needsSession && !this.#hasAsked) await this.greet(limits);
    const first = await this.#line.exchange(this.#signed(exchange));
    if (!needsSession || this.#identity === null || !isRefused(first, this.isSigning)) return first;
    await this.greet(limits);
    return this.isSigning ? this.#line.exchange(this.#signed(exchange)) : first;
  }

  hints(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    return this.#line.hints(path, signal);
  }

  #signed(exchange: Exchange): Exchange {
    const { method, path, body, headers } = exchange;
    if (this.#session === null || method === 'GET' || UNSIGNED_PATHS.has(path)) return exchange;
    this.#session.counter += 1;
    return { ...exchange, headers: { ...headers, ...this.#sign(method, path, body, this.#session) } };
  }

  #sign(method: string, path: string, body: unknown, { id, audience, counter }: Session): Record<string, string> {
    const { device, key } = this.#identity as Identity;
    const digest = hash('sha256', jsonBytes(body), 'hex');
    const signature = key.sign(requestStatement({ device, audience, session: id, counter, method, path, digest }));
    return { [SIGNATURE_HEADER]: formatRequestSignature({ session: id, counter, digest, signature }) };
  }
}

/** For want of a session: who was asked without one may have learned of our key since. */
function isRefused({ status, body }: LineAnswer, wasSigned: boolean): boolean {
  return status === 401 && (!wasSigned || syncError.safeParse(body).data?.code === 'session-over');
}
