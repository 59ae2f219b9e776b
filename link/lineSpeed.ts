/** A request or answer of less tells of the way there and back, not of how wide the line is. */
const TELLING_BYTES = 8 * 1024;
/** What was seen once counts for less with each slower request after it. */
const FORGETTING = 0.8;
/** No clock is exact enough for less. */
const MIN_MS = 0.25;

/**
 * How much a line carries in a second, as far as its requests have shown. Whatever comes in between makes a line look slower than
 * it is and never faster, so the quickest of the last ones counts.
 */
export class LineSpeed {
  #wayMs = Number.POSITIVE_INFINITY;
  #bytesPerSecond: number | null = null;

  /** Null: nobody knows yet. */
  get bytesPerSecond(): number | null {
    return this.#bytesPerSecond;
  }

  /** So many bytes were on the line for so long, there and back, without the time the other side worked. */
  note(bytes: number, ms: number): void {
    this.#wayMs = Math.min(this.#wayMs, Math.max(0, ms));
    if (bytes < TELLING_BYTES) return;
    const seen = (bytes * 1000) / Math.max(MIN_MS, ms - this.#wayMs);
    this.#bytesPerSecond = Math.max(seen, (this.#bytesPerSecond ?? 0) * FORGETTING);
  }
}
