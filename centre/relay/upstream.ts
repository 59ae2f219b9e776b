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
import { AUTHOR_SIGNATURE_HEADER, KEYS_HEADER, type SessionRequest, type SignedHead } from '../../contract/signing.ts';
import {
  type EnrolRequest,
  enrolAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type LiveHint,
  liveHint,
  type OutcomesAnswer,
  outcomesAnswer,
  type PullAnswer,
  pullAnswer,
} from '../../contract/sync.ts';
import type { Exchange, Line, LineAnswer } from '../../link/line.ts';
import { SignedLine } from '../../link/signedLine.ts';

/** An answer that is not the one asked for: a refusal, or nothing this program understands. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
  readonly status: number;

  constructor(path: string, status: number) {
    super(`${path.split('?')[0]}: ${status}`);
    this.status = status;
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

  constructor(line: Line) {
    this.line = new SignedLine(line);
    this.line.headers.set(KEYS_HEADER, '3');
  }

  enrol(request: EnrolRequest): Promise<z.infer<typeof enrolAnswer>> {
    return this.#ask({ method: 'POST', path: '/sync/v1/enrol', body: request }, enrolAnswer);
  }

  hello(request: HelloRequest): Promise<HelloAnswer> {
    return this.#ask({ method: 'POST', path: '/sync/v1/hello', body: request }, helloAnswer);
  }

  async devices(): Promise<RelayDevice[]> {
    return (await this.#ask({ method: 'GET', path: '/relay/v1/devices' }, relayDevicesAnswer)).devices;
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

  pull(scope: string, after: number, limit: number): Promise<PullAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    return this.#ask({ method: 'GET', path: `/sync/v1/pull?${query}` }, pullAnswer);
  }

  /** What became of ops of a terminal that the centre has by another way than this hub. */
  async outcomes(device: string, epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    const query = new URLSearchParams({ epoch: String(epoch), after: String(after) });
    const headers = { [ON_BEHALF_HEADER]: device };
    return (await this.#ask({ method: 'GET', path: `/sync/v1/outcomes?${query}`, headers }, outcomesAnswer)).results;
  }

  /** Whatever the centre answers, for a terminal that asks through the hub. @throws LineError */
  onBehalf({ device, signature }: Author, path: string, body: unknown, deadlineMs: number): Promise<LineAnswer> {
    const headers = { [ON_BEHALF_HEADER]: device, ...(signature && { [AUTHOR_SIGNATURE_HEADER]: signature }) };
    return this.line.exchange({ method: 'POST', path, body, headers, deadlineMs });
  }

  /** Hints until the line ends. */
  async *live(signal: AbortSignal): AsyncGenerator<LiveHint> {
    for await (const data of this.line.hints('/sync/v1/live', signal)) {
      const hint = liveHint.safeParse(data);
      if (hint.success) yield hint.data;
    }
  }

  async #ask<S extends z.ZodType>(exchange: Exchange, schema: S): Promise<z.output<S>> {
    const answer = await this.line.exchange(exchange);
    const parsed = answer.ok ? schema.safeParse(answer.body) : null;
    if (!parsed?.success) throw new UpstreamError(exchange.path, answer.status);
    return parsed.data;
  }
}
