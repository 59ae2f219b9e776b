const FIRST_MS = 500;
const MAX_MS = 10_000;
const JITTER = 0.2;
/** A device that worked this long starts again from the first step. */
const STEADY_MS = 30_000;

/** Pauses between attempts to open a port (devices.md §6.2): 0.5 s, doubled up to 10 s, ±20 %. */
export class BackOff {
  readonly #random: () => number;
  #nextMs = FIRST_MS;

  /** @param random in [0, 1) */
  constructor(random: () => number) {
    this.#random = random;
  }

  next(): number {
    const pause = this.#nextMs * (1 + JITTER * (2 * this.#random() - 1));
    this.#nextMs = Math.min(this.#nextMs * 2, MAX_MS);
    return pause;
  }

  workedFor(ms: number): void {
    if (ms >= STEADY_MS) this.reset();
  }

  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}
