import type { z } from 'zod';
import {
  ON_BEHALF_HEADER,
  type RelayDevice,
  type RelayEntry,
  type RelayResult,
  relayDevicesAnswer,
  relayKeyAnswer,
  relayPushAnswer,
} from '../../contract/relay.ts';
import {
  AUTHOR_SIGNATURE_HEADER,
  KEY_HISTORY,
  KEYS_HEADER,
  type SessionRequest,
  type SignedHead,
} from '../../contract/signing.ts';
import {
  type BecameOfAnswer,
  type BecameOfRequest,
  becameOfAnswer,
  type EnrolRequest,
  enrolAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type OutcomesAnswer,
  outcomesAnswer,
  type PullAnswer,
  pullAnswer,
  type SnapshotAnswer,
  type SyncError,
  snapshotAnswer,
  syncError,
} from '../../contract/sync.ts';
import type { Exchange, Line, LineAnswer } from '../../link/line.ts';
import { SignedLine } from '../../link/signedLine.ts';
import { TrafficGate } from '../../link/trafficGate.ts';
import { UnderWay } from '../../link/underWay.ts';

/** An answer that is not the one asked for: a refusal, or nothing this program understands. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
  readonly status: number;
  /** In the words of the contract; null for what is not in its words. */
  readonly code: SyncError['code'] | null;
  /** Until it is worth asking again, ms; null: not said. */
  readonly retryAfterMs: number | null;

  constructor(path: string, status: number, { body, retryAfterMs = null }: Partial<LineAnswer> = {}) {
    super(`${path.split('?')[0]}: ${status}`);
    this.status = status;
    this.code = syncError.safeParse(body).data?.code ?? null;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A terminal that asks through the hub, with the header by which it signed what it asks. */
export interface Author {
  device: string;
  signature?: string;
}

/** The hub's line to the centre, or to the active hub it follows. Answers are checked against the contract. */
export class UpstreamApi {
  readonly line: SignedLine;
  /** Who may send: what somebody waits for, the hall's records, its scanned pages. */
  readonly gate = new TrafficGate();
  /** All but what is asked for a terminal: it is safe to repeat. */
  readonly underWay = new UnderWay();

  constructor(line: Line) {
    this.line = new SignedLine(line);
    this.line.headers.set(KEYS_HEADER, String(KEY_HISTORY));
  }

  /** Whether the centre answers; what hangs on a dead connection is given up then. @throws LineError when it does not */
  reach(): Promise<void> {
    return this.underWay.reach(this.line);
  }

  /** Asks for a session to sign for. @throws LineError */
  async greet(): Promise<void> {
    await this.underWay.through((signal) => this.line.greet({ signal }));
  }

  enrol(request: EnrolRequest): Promise<z.infer<typeof enrolAnswer>> {
    return this.#ask({ method: 'POST', path: '/sync/v1/enrol', body: request }, enrolAnswer);
  }

  hello(request: HelloRequest): Promise<HelloAnswer> {
    return this.#ask({ method: 'POST', path: '/sync/v1/hello', body: request }, helloAnswer);
  }

  /** @param deadlineMs default: as for any request */
  async devices(deadlineMs?: number): Promise<RelayDevice[]> {
    const exchange: Exchange = {
      method: 'GET',
      path: '/relay/v1/devices',
      ...(deadlineMs !== undefined && { deadlineMs }),
    };
    return (await this.#ask(exchange, relayDevicesAnswer)).devices;
  }

  /** @returns whether it is the device's key now */
  async registerKey(body: SessionRequest): Promise<boolean> {
    return (await this.#ask({ method: 'POST', path: '/relay/v1/key', body }, relayKeyAnswer)).taken;
  }

  /** @param heads of the authors; a centre that knows of no keys gets none */
  async push(entries: readonly RelayEntry[], heads: readonly SignedHead[]): Promise<RelayResult[]> {
    const body = { entries, ...(this.line.isSigning && heads.length > 0 && { heads }) };
    const { results } = await this.#ask({ method: 'POST', path: '/relay/v1/push', body }, relayPushAnswer);
    if (results.length !== entries.length) throw new UpstreamError('/relay/v1/push', 200);
    return results;
  }

  /** @param digest of everything read up to `after`; the centre refuses when it is not its own */
  pull(scope: string, after: number, limit: number, digest?: string): Promise<PullAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    if (digest !== undefined) query.set('digest', digest);
    return this.#ask({ method: 'GET', path: `/sync/v1/pull?${query}` }, pullAnswer);
  }

  /** A scope without what is long over. @param known `head` and `floor` of the first answer */
  snapshot(
    scope: string,
    after: number,
    limit: number,
    known: { head: number; floor: number } | null,
  ): Promise<SnapshotAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    for (const [name, value] of Object.entries(known ?? {})) query.set(name, String(value));
    return this.#ask({ method: 'GET', path: `/sync/v1/snapshot?${query}` }, snapshotAnswer);
  }

  /** What became of ops of a terminal that the centre has by another way than this hub. */
  async outcomes(device: string, epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    const query = new URLSearchParams({ epoch: String(epoch), after: String(after) });
    const headers = { [ON_BEHALF_HEADER]: device };
    return (await this.#ask({ method: 'GET', path: `/sync/v1/outcomes?${query}`, headers }, outcomesAnswer)).results;
  }

  /** What became of ops of the hall that the centre may have lost. */
  async becameOf(ops: BecameOfRequest['ops']): Promise<BecameOfAnswer['results']> {
    const { results } = await this.#ask({ method: 'POST', path: '/sync/v1/outcomes', body: { ops } }, becameOfAnswer);
    if (results.length !== ops.length) throw new UpstreamError('/sync/v1/outcomes', 200);
    return results;
  }

  /** Whatever the centre answers, for a terminal that asks through the hub. @throws LineError */
  async onBehalf({ device, signature }: Author, path: string, body: unknown, deadlineMs: number): Promise<LineAnswer> {
    const headers = { [ON_BEHALF_HEADER]: device, ...(signature && { [AUTHOR_SIGNATURE_HEADER]: signature }) };
    const leave = await this.gate.enter('interactive');
    return this.line.exchange({ method: 'POST', path, body, headers, deadlineMs }).finally(leave);
  }

  async #ask<S extends z.ZodType>(exchange: Exchange, schema: S): Promise<z.output<S>> {
    const leave = await this.gate.enter('records');
    const answer = await this.underWay.through((signal) => this.line.exchange({ ...exchange, signal })).finally(leave);
    const parsed = answer.ok ? schema.safeParse(answer.body) : null;
    if (!parsed?.success) throw new UpstreamError(exchange.path, answer.status, answer);
    return parsed.data;
  }
}
