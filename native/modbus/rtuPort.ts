import { EventEmitter } from 'node:events';
import type { DriverEnvironment } from '../driver/types.ts';
import type { Transport } from '../transport/types.ts';
import { type Expected, ReplyFramer } from './framer.ts';

/** Silence inside an answer after which it is given up; network servers split and delay (devices.md §6.3, §6.7). */
const SILENCE_MS = 50;
const NETWORK_SILENCE_MS = 150;
const WRITES = new Set([5, 6, 15, 16]);
const WRITE_REPLY_BYTES = 8;
const READ_OVERHEAD_BYTES = 5;

/**
 * One of our transports as `modbus-serial` wants a port: it emits `data` with one whole, checked answer. The library's
 * own buffered port looks at two bytes only and can take garbage for an answer.
 */
export class RtuPort extends EventEmitter {
  readonly framer = new ReplyFramer();
  readonly #transport: Transport;
  readonly #environment: Pick<DriverEnvironment, 'now' | 'delay'>;
  readonly #onWriteFailed: (error: unknown) => void;
  readonly #silenceMs: number;
  #lastByteAt = 0;
  #watching = false;

  constructor(
    transport: Transport,
    environment: Pick<DriverEnvironment, 'now' | 'delay'>,
    onWriteFailed: (error: unknown) => void,
  ) {
    super();
    this.#transport = transport;
    this.#environment = environment;
    this.#onWriteFailed = onWriteFailed;
    this.#silenceMs = transport.port.includes('://') ? NETWORK_SILENCE_MS : SILENCE_MS;
    transport.onData((bytes) => {
      this.#lastByteAt = environment.now();
      this.#pass(this.framer.push(bytes));
      if (this.framer.held > 0) void this.#watch();
    });
  }

  /** The transport was opened before; who asks has it to himself. */
  readonly isOpen = true;

  open(done: (error: Error | null) => void): void {
    done(null);
  }

  close(done?: () => void): void {
    done?.();
  }

  destroy(): void {
    this.framer.expect(null);
  }

  write(request: Uint8Array): void {
    this.framer.expect(expectedReply(request));
    this.#transport.write(request).catch((error: unknown) => this.#onWriteFailed(error));
  }

  #pass(frame: Uint8Array | null): void {
    if (frame) this.emit('data', Buffer.from(frame));
  }

  /** Looks again when the line fell silent inside what may be an answer. */
  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    for (;;) {
      const left = this.#lastByteAt + this.#silenceMs - this.#environment.now();
      if (left <= 0 || this.framer.held === 0) break;
      await this.#environment.delay(left);
    }
    this.#watching = false;
    if (this.framer.held > 0) this.#pass(this.framer.expire());
  }
}

/** @param request a whole frame */
function expectedReply(request: Uint8Array): Expected | null {
  const [unit = 0, code = 0] = request;
  if (WRITES.has(code)) return { unit, code, bytes: WRITE_REPLY_BYTES };
  const count = ((request[4] ?? 0) << 8) | (request[5] ?? 0);
  if (code === 3 || code === 4) return { unit, code, bytes: READ_OVERHEAD_BYTES + 2 * count };
  if (code === 1 || code === 2) return { unit, code, bytes: READ_OVERHEAD_BYTES + Math.ceil(count / 8) };
  return null;
}
