import { setTimeout as sleep } from 'node:timers/promises';

interface WirePaceOptions {
  /** Now; null hands on at once what arrives. */
  baudRate: () => number | null;
  /** Bytes handed on at a time, so that something can be answered in the middle. */
  piece: number;
  receive: (bytes: Uint8Array) => void;
}

/** Makes bytes that came over TCP or a pseudo-terminal take the time they would take on the wire (8N1). */
export class WirePace {
  readonly #options: WirePaceOptions;
  readonly #stop = new AbortController();
  #incoming: Promise<void> = Promise.resolve();
  #waiting = 0;
  #pulls = 0;

  constructor(options: WirePaceOptions) {
    this.#options = options;
  }

  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  arrive(bytes: Uint8Array): void {
    const { baudRate, piece: size, receive } = this.#options;
    if (baudRate() === null && this.#waiting === 0) {
      receive(bytes);
      return;
    }
    const pulls = this.#pulls;
    this.#waiting += 1;
    this.#incoming = this.#incoming.then(async () => {
      for (let at = 0; at < bytes.length && pulls === this.#pulls; at += size) {
        const piece = bytes.subarray(at, at + size);
        await this.delay(this.wireTime(piece.length));
        if (!this.stopped) receive(piece);
      }
      this.#waiting -= 1;
    });
  }

  /** The cable was pulled: what was still on it is lost. */
  pull(): void {
    this.#pulls += 1;
  }

  /** Milliseconds `count` bytes take. */
  wireTime(count: number): number {
    const baudRate = this.#options.baudRate();
    return baudRate === null ? 0 : (count * 10_000) / baudRate;
  }

  /** Ends early when stopped. */
  async delay(ms: number): Promise<void> {
    if (ms <= 0 || this.stopped) return;
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  stop(): void {
    this.#stop.abort();
  }
}
