import { type Transport, TransportError } from '../../transport/types.ts';
import type { DriverEnvironment } from '../types.ts';
import { type PrinterReply, ReplyDemultiplexer } from './replies.ts';
import { type StatusQuery, statusRequest } from './status.ts';

const ANSWER_MS = 500;
const ATTEMPTS = 2;
/** After a missing answer the line must be quiet before the next question (devices.md §6.3). */
const QUIET_MS = 300;
/** Between two questions: an answer sent twice must not pass for the next one. */
const SETTLE_MS = 20;
/** A serial device server splits and delays; on a wire bytes follow each other. */
const INTER_BYTE_MS = { wire: 200, network: 600 } as const;

/** A reply somebody waits for. `value` stays null until it came; nothing comes any more once the link is closed. */
export interface Expectation<T> {
  readonly arrived: Promise<void>;
  readonly value: T | null;
  cancel(): void;
}

/** The printer's two directions: bytes out, sorted replies in. One question at a time. */
export class PrinterLink {
  readonly #transport: Transport;
  readonly #environment: DriverEnvironment;
  readonly #listeners = new Set<(reply: PrinterReply | 'closed') => void>();
  #closed = false;
  #flowing = true;
  #asked = false;

  constructor(transport: Transport, environment: DriverEnvironment) {
    this.#transport = transport;
    this.#environment = environment;
    const replies = new ReplyDemultiplexer(
      transport.port.startsWith('tcp:') ? INTER_BYTE_MS.network : INTER_BYTE_MS.wire,
    );
    transport.onData((bytes) => {
      const sorted = replies.push(bytes, environment.now());
      for (const reply of sorted) this.#deliver(reply);
      const noise = sorted.filter((reply) => reply.kind === 'noise').length;
      if (noise > 0) environment.log('escpos.noise', { bytes: noise });
    });
    transport.onClose(() => this.close());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** False between XOFF and XON. */
  get flowing(): boolean {
    return this.#flowing;
  }

  /** Forgets an XOFF whose XON got lost. */
  resetFlow(): void {
    this.#flowing = true;
  }

  /** @throws TransportError */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw new TransportError('closed', 'printer link');
    await this.#transport.write(bytes);
  }

  expect<T>(pick: (reply: PrinterReply) => T | null): Expectation<T> {
    const listeners = this.#listeners;
    const { promise, resolve } = Promise.withResolvers<void>();
    const expectation = {
      arrived: promise,
      value: null as T | null,
      cancel(): void {
        listeners.delete(listener);
        resolve();
      },
    };
    const listener = (reply: PrinterReply | 'closed'): void => {
      if (reply !== 'closed') expectation.value ??= pick(reply);
      if (reply === 'closed' || expectation.value !== null) expectation.cancel();
    };
    if (this.#closed) resolve();
    else listeners.add(listener);
    return expectation;
  }

  /**
   * DLE EOT n; never to be called between the first and the last byte of a job.
   * @returns null when the printer did not answer within 500 ms, twice
   * @throws TransportError
   */
  async askStatus(query: StatusQuery): Promise<number | null> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (this.#asked) await this.#environment.delay(SETTLE_MS);
      this.#asked = true;
      const answer = this.expect((reply) => (reply.kind === 'status' ? reply.byte : null));
      try {
        await this.write(statusRequest(query));
        await Promise.race([answer.arrived, this.#environment.delay(ANSWER_MS)]);
      } finally {
        answer.cancel();
      }
      if (this.#closed) throw new TransportError('closed', 'under a status query');
      // After a retry two answers are under way: the second must not pass for that of the next question.
      if (answer.value === null || attempt > 0) await this.#environment.delay(QUIET_MS);
      if (answer.value !== null) return answer.value;
    }
    return null;
  }

  /** Ends every wait; the transport stays the supervisor's. */
  close(): void {
    this.#closed = true;
    this.#deliver('closed');
  }

  #deliver(reply: PrinterReply | 'closed'): void {
    if (reply !== 'closed' && reply.kind === 'flow') this.#flowing = reply.go;
    for (const listener of [...this.#listeners]) listener(reply);
  }
}
