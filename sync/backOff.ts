import { ExponentialBackoff, type IBackoff } from 'cockatiel';

const FIRST_MS = 500;
const MAX_MS = 10_000;

/** Growing pauses with jitter, so that 18 windows do not knock at the same moment when the centre is back. */
export class BackOff {
  #step: IBackoff<unknown> | null = null;

  /** The next pause, ms. */
  next(): number {
    this.#step = this.#step
      ? this.#step.next(undefined)
      : new ExponentialBackoff({ initialDelay: FIRST_MS, maxDelay: MAX_MS }).next();
    return this.#step.duration;
  }

  reset(): void {
    this.#step = null;
  }
}
