import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { StoreBusyError } from '../types.ts';
import type { DatabaseAddress } from './address.ts';
import {
  type LineAnswer,
  type LineMessage,
  type LineNews,
  type LineStart,
  type LineStatement,
  SIGNAL,
  STATE,
  type StatementResult,
  UNFIT,
  UP,
} from './lineTypes.ts';

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './lineWorker.ts' : './postgresWorker.mjs', import.meta.url);

/** The connection broke before the answer came: whether it was done is not known. */
export class LineLostError extends StoreBusyError {
  override name = 'LineLostError';
}

/** What the server refused; `code` is its SQLSTATE. */
export class PostgresError extends Error {
  override name = 'PostgresError';
  readonly code: string;

  constructor(code: string, message: string) {
    // Of a value that does not fit (class 22) the server repeats the value.
    super(code.startsWith('22') ? `PostgreSQL ${code}` : `PostgreSQL ${code}: ${message}`);
    this.code = code;
  }
}

export interface LineOptions {
  lockTimeoutMs: number;
  idleTimeoutMs?: number;
  readOnly?: boolean;
  /** For one answer; then the connection is given up. Infinity: as long as it takes. */
  answerMs?: number;
}

/**
 * A line to PostgreSQL whose answers are waited for by standing still, as those of SQLite are: the rules of the ledger are
 * synchronous (docs/adr/0043). The connection lives in a thread of its own, which also makes a new one when it breaks.
 */
export class Line {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal: Int32Array;
  readonly #answerMs: number;
  #lastId = 0;
  #news: LineNews = { id: 0, trouble: null, warnings: [] };

  constructor(
    address: DatabaseAddress,
    { lockTimeoutMs, idleTimeoutMs = 10_000, readOnly = false, answerMs }: LineOptions,
  ) {
    this.#signal = new Int32Array(new SharedArrayBuffer(8));
    this.#answerMs = answerMs ?? lockTimeoutMs + 15_000;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const start: LineStart = { address, signal: this.#signal, lockTimeoutMs, idleTimeoutMs, readOnly, port: port2 };
    this.#worker = new Worker(WORKER, { workerData: start, transferList: [port2] });
    this.#worker.unref();
  }

  /** Why there is no connection, and what is wrong with the server; as far as it was told. */
  get news(): LineNews {
    this.#receive(-1);
    return this.#news;
  }

  /** @returns whether there is a connection, after waiting for one no longer than this */
  waitUntilUp(ms: number): boolean {
    const deadline = performance.now() + ms;
    for (;;) {
      const seen = Atomics.load(this.#signal, SIGNAL);
      const state = Atomics.load(this.#signal, STATE);
      if (state === UP || state === UNFIT) return state === UP;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#signal, SIGNAL, seen, left);
    }
  }

  /**
   * Sends all at once and waits for the answers; the statements after one that failed are refused by the server only inside
   * a transaction.
   * @param session the connection they belong to; null: whichever there is
   * @param answerMs then the connection is given up
   * @throws LineLostError, PostgresError
   */
  ask(
    session: number | null,
    statements: readonly LineStatement[],
    answerMs = this.#answerMs,
  ): { session: number; results: StatementResult[] } {
    const id = this.#post((each) => ({ id: each, session, statements }));
    const answer = this.#await(id, answerMs);
    if (answer === null) {
      this.#post((each) => ({ id: each, hangUp: true }));
      throw new LineLostError('PostgreSQL does not answer');
    }
    if ('lost' in answer) throw new LineLostError(answer.lost);
    if ('failed' in answer) throw new PostgresError(answer.failed.code, answer.failed.message);
    return answer;
  }

  /** Says goodbye to the server. */
  close(): void {
    const id = this.#post((each) => ({ id: each, close: true }));
    this.#await(id, 1000);
    void this.#worker.terminate();
    this.#port.close();
  }

  #post(message: (id: number) => LineMessage): number {
    this.#lastId += 1;
    this.#port.postMessage(message(this.#lastId));
    return this.#lastId;
  }

  #await(id: number, ms: number): LineAnswer | null {
    const deadline = performance.now() + ms;
    for (;;) {
      const seen = Atomics.load(this.#signal, SIGNAL);
      const answer = this.#receive(id);
      if (answer) return answer;
      const left = deadline - performance.now();
      if (left <= 0) return null;
      Atomics.wait(this.#signal, SIGNAL, seen, Math.min(left, 2 ** 31));
    }
  }

  /** Takes in what has come; answers to questions that were given up are dropped. */
  #receive(id: number): LineAnswer | null {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: LineAnswer | LineNews } | undefined;
      if (!received) return null;
      const { message } = received;
      if ('trouble' in message) this.#news = message;
      else if (message.id === id) return message;
    }
  }
}
