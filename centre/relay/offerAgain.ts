const FIRST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;

/**
 * When to offer again what the centre refused for now: another machine may have sent what it lacks before that. Ever more
 * seldom, since that machine may be gone for good.
 */
export class OfferAgain {
  #at: number | null = null;
  #pauseMs = FIRST_MS;

  /** The centre has refused an op that it may take later. @param now ms of a clock that nobody sets */
  note(now: number): void {
    if (this.#at !== null) return;
    this.#at = now + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_MS);
  }

  /** Whether to offer it now; true once for each refusal. */
  isDue(now: number): boolean {
    if (this.#at === null || now < this.#at) return false;
    this.#at = null;
    return true;
  }

  /** Everything on the list has been sent: nothing refused among it is a new beginning. */
  noteSent(): void {
    if (this.#at === null) this.#pauseMs = FIRST_MS;
  }
}
