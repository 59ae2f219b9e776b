export interface PaceLimits {
  first: number;
  min: number;
  max: number;
  /** What one request should take on the line, ms. */
  targetMs: number;
}

/** It grows by no more than this from one request to the next: a single quick answer tells little. */
const MAX_GROWTH = 4;

/**
 * How much one request carries, so that it leaves the line again after a while however slow the line is: who comes in between
 * waits for no more than that.
 */
export class Pace {
  readonly #limits: PaceLimits;
  #size: number;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
    this.#size = limits.first;
  }

  /** Of the next request, in whatever unit. */
  get size(): number {
    return this.#size;
  }

  /** A request that carried so much took so long. */
  note(carried: number, tookMs: number): void {
    const { min, max, targetMs } = this.#limits;
    const fitting = (carried * targetMs) / Math.max(1, tookMs);
    // One that carried little tells nothing of a larger one.
    if (fitting > this.#size && carried < this.#size / 2) return;
    this.#size = Math.round(Math.min(max, this.#size * MAX_GROWTH, Math.max(min, fitting)));
  }
}
