import { Duplex } from 'node:stream';
import type { Life } from '../scope.ts';
import type { VirtualTime } from '../virtualTime.ts';

/** What a socket asks of the connection it is an end of. */
export interface Carrier {
  send(bytes: Buffer): void;
  /** Nothing more comes from this end. */
  finish(): void;
  /** This end is gone. */
  leave(): void;
}

/** One end of a connection: what Node's own HTTP speaks over, on both sides. */
export class SimSocket extends Duplex {
  readonly life: Life;
  readonly #carrier: Carrier;
  readonly #time: VirtualTime;
  /** Of the newest `setTimeout`. */
  #watch = 0;
  #usedAt: number;

  constructor(carrier: Carrier, life: Life, time: VirtualTime) {
    super({ allowHalfOpen: true });
    this.life = life;
    this.#carrier = carrier;
    this.#time = time;
    this.#usedAt = time.now;
  }

  /** Something arrived; null: the other end says no more. */
  receive(bytes: Buffer | null): void {
    this.#usedAt = this.#time.now;
    if (!this.destroyed) this.push(bytes);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#usedAt = this.#time.now;
    this.#time.activity += 1;
    this.#carrier.send(chunk);
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#carrier.finish();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#watch += 1;
    this.#carrier.leave();
    done(error);
  }

  /** As `net.Socket`, by simulated time. */
  setTimeout(ms: number, onTimeout?: () => void): this {
    if (onTimeout) this.once('timeout', onTimeout);
    this.#watch += 1;
    const watch = this.#watch;
    const look = () => {
      if (watch !== this.#watch) return;
      const left = this.#usedAt + ms - this.#time.now;
      if (left > 0) this.#time.after(left, look, this.life);
      else this.emit('timeout');
    };
    if (ms > 0) this.#time.after(ms, look, this.life);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
