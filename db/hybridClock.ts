/**
 * Hybrid logical clock: wall milliseconds and a counter, `<ms hex 12>-<counter hex 4>`. Never runs backwards, also when
 * the machine's clock does; orders what a person did on one device, decides nothing between devices.
 */
export class HybridClock {
  readonly #now: () => number;
  #ms = 0;
  #counter = 0;

  constructor(now: () => number, last?: string) {
    this.#now = now;
    if (last) this.observe(last);
  }

  next(): string {
    const wall = this.#now();
    if (wall > this.#ms) {
      this.#ms = wall;
      this.#counter = 0;
    } else if (this.#counter < 0xffff) {
      this.#counter += 1;
    } else {
      this.#ms += 1;
      this.#counter = 0;
    }
    return `${this.#ms.toString(16).padStart(12, '0')}-${this.#counter.toString(16).padStart(4, '0')}`;
  }

  /** Moves past a stamp seen elsewhere, unless that device's clock is more than a day ahead: then it is not followed. */
  observe(stamp: string): void {
    const ms = Number.parseInt(stamp.slice(0, 12), 16);
    const counter = Number.parseInt(stamp.slice(13), 16);
    if (ms > this.#now() + 86_400_000) return;
    if (ms > this.#ms || (ms === this.#ms && counter > this.#counter)) {
      this.#ms = ms;
      this.#counter = counter;
    }
  }
}
