import { CentreError } from './centreError.ts';

/**
 * A request is as large as the line takes in less than half a second, and a hub waits a second for the centre: what has no
 * answer after this, ms, is late.
 */
export const LATE_MS = 2_000;

interface Waiting {
  giveUp: AbortController;
  isLate: boolean;
  /** Somebody who asked after it has been answered. */
  isPassed: boolean;
}

/**
 * Requests that wait for their answer, and are safe to repeat. After an outage in which nothing answered one may wait on a
 * connection that is dead, for its whole deadline, though whoever asks on a new one is answered.
 */
export class UnderWay {
  readonly #waiting = new Set<Waiting>();
  /** None of those that were sent again has come to an end: where everything is slow, each has its whole deadline. */
  #isSparing = false;

  /** @throws CentreError `isOvertaken` when it was given up; otherwise what `ask` throws */
  async through<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const entry: Waiting = { giveUp: new AbortController(), isLate: false, isPassed: false };
    const timer = setTimeout(() => {
      entry.isLate = true;
      this.#look();
    }, LATE_MS);
    this.#waiting.add(entry);
    try {
      return await ask(entry.giveUp.signal);
    } catch (error) {
      if (entry.giveUp.signal.aborted)
        throw new CentreError('offline', 'no answer, though others are answered', { isOvertaken: true });
      throw error;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(entry);
      if (!entry.giveUp.signal.aborted) this.#isSparing = false;
    }
  }

  /** One of them is late: perhaps nobody is there, perhaps only its connection is dead. */
  get isSilent(): boolean {
    return [...this.#waiting].some(({ isLate }) => isLate);
  }

  /** What waits at the moment. @returns to be called when who asked now has been answered: what is late then is given up */
  passing(): () => void {
    const before = [...this.#waiting];
    return () => {
      for (const entry of before) entry.isPassed = true;
      this.#look();
    };
  }

  #look(): void {
    const dead = [...this.#waiting].filter(({ isLate, isPassed }) => isLate && isPassed);
    if (dead.length === 0 || this.#isSparing) return;
    this.#isSparing = true;
    for (const { giveUp } of dead) giveUp.abort();
  }
}
