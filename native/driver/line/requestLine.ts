import { YichuangError } from '../../../contract/errors.ts';
import type { Priority, Seat } from '../../bus/types.ts';
import { type Transport, TransportError } from '../../transport/types.ts';
import type { DriverEnvironment } from '../types.ts';

/** Finds frames in a stream of bytes, whatever the chunks; holds a bounded number of bytes. */
export interface FrameFinder<F> {
  /** Bytes held back because they may be the beginning of a frame. */
  readonly held: number;
  push(bytes: Uint8Array): F[];
  /** The line has been silent: nothing will complete what is held. @returns frames that were hidden behind it */
  expire(): F[];
  /** Forgets what is held. @returns how many bytes that were */
  reset(): number;
}

export interface LineTimings {
  /** Silence inside a frame after which it is given up. */
  interByteMs: number;
  /** Silence before anything is asked again after an answer failed to come. */
  quietMs: number;
}

/** Since the last byte, before anything is asked: an answer sent twice must not be taken for the next one. */
const GAP_MS = 20;
/** How long a line that never falls silent is waited for, in quiet times. */
const MAX_QUIET_TIMES = 10;
/** Of frames nobody asked for: a line that talks by itself must not fill the memory. */
const MAX_WAITING = 64;

/**
 * A line on which one thing is asked at a time and whose answers carry no number. After an answer that did not come the
 * next request waits for silence, and whatever came before a request is thrown away, so that a late answer is not taken
 * for the next one (devices.md §6.3).
 */
export class RequestLine<F> {
  readonly #transport: Transport | Seat;
  readonly #environment: DriverEnvironment;
  readonly #finder: FrameFinder<F>;
  readonly #timings: LineTimings;
  #received: F[] = [];
  #lastByteAt = Number.NEGATIVE_INFINITY;
  #ended = false;
  #disturbed = false;
  #wake: () => void = () => {};

  constructor(
    transport: Transport | Seat,
    environment: DriverEnvironment,
    finder: FrameFinder<F>,
    timings: LineTimings,
  ) {
    this.#transport = transport;
    this.#environment = environment;
    this.#finder = finder;
    this.#timings = timings;
    transport.onData((bytes) => {
      this.#lastByteAt = environment.now();
      this.#keep(finder.push(bytes));
    });
    transport.onClose(() => this.end());
  }

  /**
   * @param deadlineMs from the sending on
   * @param priority on a line that others share
   * @returns null when no answer came in time
   * @throws TransportError when the line ended
   */
  async ask(
    name: string,
    request: Uint8Array,
    accepts: (frame: F) => boolean,
    deadlineMs: number,
    priority: Priority = 'display',
  ): Promise<F | null> {
    const work = async () => {
      await this.send(name, request);
      const answer = await this.next(accepts, deadlineMs);
      if (answer !== null) return answer;
      this.#disturbed = true;
      this.#environment.log('rx.timeout', { request: name, held: this.#finder.held });
      throw new YichuangError('device-offline');
    };
    try {
      return await this.#alone(priority, work);
    } catch (error) {
      if (error instanceof YichuangError && error.code === 'device-offline') return null;
      throw error;
    }
  }

  /**
   * Tells what is not answered, and leaves the line silent behind it.
   * @throws TransportError when the line ended
   */
  async tell(name: string, bytes: Uint8Array, silenceMs: number, priority: Priority = 'display'): Promise<void> {
    await this.#alone(priority, async () => {
      await this.send(name, bytes);
      await this.#environment.delay(silenceMs);
    });
  }

  /** Sends what is not answered. @throws TransportError when the line ended */
  async send(name: string, bytes: Uint8Array): Promise<void> {
    // The owner of a shared line settles it for everybody.
    if (this.#disturbed && !('exchange' in this.#transport)) await this.#settle();
    await this.#leaveGap();
    const dropped = this.#finder.reset();
    if (dropped > 0 || this.#received.length > 0) {
      this.#environment.log('rx.flushed', { before: name, bytes: dropped, frames: this.#received.length });
    }
    this.#received = [];
    await this.#transport.write(bytes);
  }

  /**
   * The next frame that is accepted; others that come before it are thrown away.
   * @param signal raised: stops waiting
   * @returns null when none came in time, or the signal was raised
   * @throws TransportError when the line ended
   */
  async next(accepts: (frame: F) => boolean, deadlineMs: number, signal?: AbortSignal): Promise<F | null> {
    const { now } = this.#environment;
    const wake = () => this.#wake();
    signal?.addEventListener('abort', wake);
    try {
      for (const until = now() + deadlineMs; ; ) {
        for (let frame = this.#received.shift(); frame !== undefined; frame = this.#received.shift()) {
          if (accepts(frame)) return frame;
          this.#environment.log('rx.unasked');
        }
        if (this.#ended) throw new TransportError('closed', this.#transport.port);
        const remaining = until - now();
        if (remaining <= 0 || signal?.aborted) return null;
        await this.#pause(Math.min(remaining, this.#timings.interByteMs));
        if (this.#finder.held > 0 && now() - this.#lastByteAt > this.#timings.interByteMs) {
          this.#keep(this.#finder.expire());
        }
      }
    } finally {
      signal?.removeEventListener('abort', wake);
    }
  }

  /** With the line to itself, when it is shared. */
  #alone<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    return 'exchange' in this.#transport ? this.#transport.exchange(priority, work) : work();
  }

  /** Lets go whoever waits. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  #keep(frames: F[]): void {
    if (frames.length === 0) return;
    this.#received.push(...frames);
    if (this.#received.length > MAX_WAITING) this.#received.splice(0, this.#received.length - MAX_WAITING);
    this.#wake();
  }

  async #leaveGap(): Promise<void> {
    const wait = this.#lastByteAt + GAP_MS - this.#environment.now();
    if (wait > 0) await this.#environment.delay(wait);
  }

  async #settle(): Promise<void> {
    const { now, delay } = this.#environment;
    const { quietMs } = this.#timings;
    const startedAt = now();
    const giveUpAt = startedAt + quietMs * MAX_QUIET_TIMES;
    for (let at = startedAt; at < giveUpAt && !this.#ended; at = now()) {
      const wait = Math.max(this.#lastByteAt, startedAt) + quietMs - at;
      if (wait <= 0) break;
      await delay(wait);
    }
    this.#disturbed = false;
  }

  /** Until a frame or the end comes, at most `ms`. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      void this.#environment.delay(ms).then(resolve);
    });
  }
}
