/** Exchanges in a row without an answer that make a device absent. */
const MAX_SILENCES = 2;
/** An absent device is asked once in this time, so that it does not take the line from the others (devices.md §6.4). */
export const PROBE_MS = 10_000;

/** Whether a device may be asked now. */
export class Circuit {
  readonly #now: () => number;
  #silences = 0;
  #nextProbeAt = 0;

  /** @param now milliseconds, monotonic */
  constructor(now: () => number) {
    this.#now = now;
  }

  get allows(): boolean {
    return this.#silences < MAX_SILENCES || this.#now() >= this.#nextProbeAt;
  }

  answered(): void {
    this.#silences = 0;
  }

  silent(): void {
    this.#silences += 1;
    if (this.#silences >= MAX_SILENCES) this.#nextProbeAt = this.#now() + PROBE_MS;
  }

  /** A person asks: the next exchange goes through. */
  probeNow(): void {
    this.#nextProbeAt = 0;
  }
}
