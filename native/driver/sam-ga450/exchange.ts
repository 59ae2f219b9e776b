import { type Transport, TransportError } from '../../transport/types.ts';
import type { DriverEnvironment } from '../types.ts';
import type { Command, SamTimings } from './commands.ts';
import type { Frame } from './frame.ts';
import { Framer } from './framer.ts';

export interface Reply {
  frame: Frame;
  /** Before the first byte of the request, clock of the environment. */
  sentAt: number;
  /** At the last byte of the answer. */
  receivedAt: number;
}

/** How long a line that never falls silent is waited for, in quiet times. */
const MAX_QUIET_TIMES = 10;
/** A machine that stood still delivers what came in meanwhile before a silence is believed. */
const GRACE_MS = 5;

/**
 * Asks one thing at a time. After a timeout the next request waits for silence and everything received is thrown away,
 * so that a late answer is not taken for the next one (devices.md §6.3).
 */
export class Exchange {
  readonly #transport: Transport;
  readonly #environment: DriverEnvironment;
  readonly #timings: SamTimings;
  readonly #framer: Framer;
  #received: { frame: Frame; at: number }[] = [];
  #lastByteAt = Number.NEGATIVE_INFINITY;
  #ended = false;
  #disturbed = false;
  #wake: () => void = () => {};

  constructor(transport: Transport, environment: DriverEnvironment, timings: SamTimings) {
    this.#transport = transport;
    this.#environment = environment;
    this.#timings = timings;
    this.#framer = new Framer({ now: environment.now, interByteMs: timings.interByte });
    transport.onData((bytes) => {
      this.#lastByteAt = environment.now();
      this.#keep(this.#framer.push(bytes));
    });
    transport.onClose(() => this.end());
  }

  /**
   * @param deadlineMs from the sending on
   * @returns null when no answer came in time
   * @throws TransportError when the transport ended
   */
  async ask(command: Command, deadlineMs: number): Promise<Reply | null> {
    if (this.#disturbed) await this.#settle();
    this.#flush(command);
    const sentAt = this.#environment.now();
    await this.#transport.write(command.request);
    const until = sentAt + deadlineMs;
    for (;;) {
      for (let next = this.#received.shift(); next; next = this.#received.shift()) {
        if (command.accepts(next.frame)) return { frame: next.frame, sentAt, receivedAt: next.at };
        this.#environment.log('rx.unasked', { command: command.name, sw3: next.frame.sw3 });
      }
      if (this.#ended) throw new TransportError('closed', command.name);
      const remaining = until - this.#environment.now();
      if (remaining <= 0) break;
      await this.#pause(Math.min(remaining, this.#timings.interByte));
      if (this.#received.length === 0) await this.#environment.delay(GRACE_MS);
      this.#keep(this.#framer.expire());
    }
    this.#disturbed = true;
    this.#environment.log('rx.timeout', { command: command.name, held: this.#framer.held, ...this.#framer.counters });
    return null;
  }

  get counters(): Readonly<Record<string, number>> {
    return { ...this.#framer.counters };
  }

  /** Lets go whoever waits. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  #keep(frames: Frame[]): void {
    for (const frame of frames) this.#received.push({ frame, at: this.#lastByteAt });
    if (frames.length > 0) this.#wake();
  }

  async #settle(): Promise<void> {
    const { now, delay } = this.#environment;
    const startedAt = now();
    const giveUpAt = startedAt + this.#timings.quiet * MAX_QUIET_TIMES;
    for (let at = startedAt; at < giveUpAt && !this.#ended; at = now()) {
      const wait = Math.max(this.#lastByteAt, startedAt) + this.#timings.quiet - at;
      if (wait <= 0) break;
      await delay(wait);
    }
    this.#disturbed = false;
  }

  #flush(command: Command): void {
    const bytes = this.#framer.reset();
    const frames = this.#received.length;
    this.#received = [];
    if (bytes > 0 || frames > 0) this.#environment.log('rx.flushed', { before: command.name, bytes, frames });
  }

  /** Until a frame or the end comes, at most `ms`. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      void this.#environment.delay(ms).then(resolve);
    });
  }
}
