import { ERRORS, fromWireError, toWireError, type WireError, YichuangError } from '../contract/errors.ts';

/** Anything that carries JSON messages both ways: a forked process, a WebSocket, a pair in a test. */
export interface MessagePipe {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

type Wire =
  | { type: 'call'; id: number; method: string; params: unknown }
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; error: WireError }
  | { type: 'event'; event: string; payload: unknown };

export type CallHandler = (method: string, params: unknown) => Promise<unknown>;
export type EventHandler = (event: string, payload: unknown) => void;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * Calls, answers and events over a pipe. Every call has a deadline (a killed process never answers); `close` rejects
 * what is pending; a late or unknown answer is dropped.
 */
export class Peer {
  readonly #pipe: MessagePipe;
  readonly #onCall: CallHandler;
  readonly #onEvent: EventHandler;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed: YichuangError | null = null;

  constructor(pipe: MessagePipe, handlers: { onCall?: CallHandler; onEvent?: EventHandler } = {}) {
    this.#pipe = pipe;
    this.#onCall = handlers.onCall ?? (() => Promise.reject(new YichuangError('unknown-method')));
    this.#onEvent = handlers.onEvent ?? (() => {});
    pipe.onMessage((message) => this.#receive(message));
  }

  /** @throws YichuangError `deadline`, the far side's error, `internal` for params that cannot be written, or the reason given to `close` */
  call(method: string, params: unknown, deadlineMs: number): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new YichuangError('deadline', { details: { method } }));
      }, deadlineMs);
      this.#pending.set(id, { resolve, reject, timer });
      if (this.#send({ type: 'call', id, method, params })) return;
      this.#pending.delete(id);
      clearTimeout(timer);
      reject(new YichuangError('internal', { details: { method } }));
    });
  }

  emit(event: string, payload: unknown): void {
    if (!this.#closed) this.#send({ type: 'event', event, payload });
  }

  /** Rejects every pending call with `reason` and all later ones. */
  close(reason: YichuangError = new YichuangError('service-restarting')): void {
    if (this.#closed) return;
    this.#closed = reason;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(reason);
    }
    this.#pending.clear();
  }

  /** @returns false for a message that cannot be written, such as one with a bigint: that one is lost, not the pipe */
  #send(message: Wire): boolean {
    try {
      this.#pipe.send(message);
      return true;
    } catch {
      return false;
    }
  }

  #receive(message: unknown): void {
    if (this.#closed || !isWire(message)) return;
    if (message.type === 'event') {
      this.#onEvent(message.event, message.payload);
    } else if (message.type === 'answer') {
      const pending = this.#pending.get(message.id);
      if (!pending) return;
      this.#pending.delete(message.id);
      clearTimeout(pending.timer);
      if (message.ok) pending.resolve(message.value);
      else
        pending.reject(fromWireError(message.error ?? { code: 'internal', message: ERRORS.internal, details: null }));
    } else {
      void this.#answer(message.id, message.method, message.params);
    }
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    try {
      const value = (await this.#onCall(method, params)) ?? null;
      if (!this.#send({ type: 'answer', id, ok: true, value })) throw new YichuangError('internal');
    } catch (error) {
      this.#send({ type: 'answer', id, ok: false, error: toWireError(error) });
    }
  }
}

function isWire(message: unknown): message is Wire {
  if (typeof message !== 'object' || message === null) return false;
  const { type } = message as { type?: unknown };
  return type === 'call' || type === 'answer' || type === 'event';
}
