import { type Line, LineError, OvertakenError } from './line.ts';

/**
 * A request is as large as the line takes in less than half a second, and a hub waits a second for the centre: what has no
 * answer after this, ms, is late.
 */
export const LATE_MS = 2_000;

/** Whoever is there says so within this, ms; a person waits for it, and a window without its hub goes on by itself. */
const REACH_MS = 1_500;

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
  readonly #watching = new Set<() => void>();
  /** None of those that were sent again has come to an end: where everything is slow, each has its whole deadline. */
  #isSparing = false;
  #isLeft = false;

  /** @throws OvertakenError when it was given up, or this line is left; otherwise what `ask` throws */
  async through<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isLeft) throw new OvertakenError(new Error('somebody else is asked'), false);
    const entry: Waiting = { giveUp: new AbortController(), isLate: false, isPassed: false };
    const timer = setTimeout(() => {
      entry.isLate = true;
      for (const tell of this.#watching) tell();
      this.#look();
    }, LATE_MS);
    this.#waiting.add(entry);
    try {
      return await ask(entry.giveUp.signal);
    } catch (error) {
      throw entry.giveUp.signal.aborted ? new OvertakenError(error, true) : error;
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

  /** Resolves as soon as one of them is late, or the signal fires. */
  async untilSilent(signal: AbortSignal): Promise<void> {
    if (this.isSilent || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    this.#watching.add(end);
    signal.addEventListener('abort', end);
    await promise;
    this.#watching.delete(end);
    signal.removeEventListener('abort', end);
  }

  /**
   * Whether somebody answers, asked at once also on a line that was given up. It does nothing there. What waits on a dead
   * connection meanwhile is given up.
   * @throws LineError when nobody does in time, or only what stands before somebody dead; nothing was done
   */
  async reach(line: Pick<Line, 'exchange'>): Promise<void> {
    const passed = this.passing();
    const { status } = await line
      .exchange({ method: 'GET', path: '/health', deadlineMs: REACH_MS, isTrial: true })
      .catch((error: unknown) => Promise.reject(error instanceof LineError ? new LineError(error, false) : error));
    if (status >= 500) throw new LineError(new Error(`health ${status}`), false);
    passed();
  }

  /** What waits at the moment. @returns to be called when who asked now has been answered: what is late then is given up */
  passing(): () => void {
    const before = [...this.#waiting];
    return () => {
      for (const entry of before) entry.isPassed = true;
      this.#look();
    };
  }

  /** Somebody else is asked from here on: what waits is given up, and what would still be sent here is not. */
  leave(): void {
    this.#isLeft = true;
    for (const { giveUp } of this.#waiting) giveUp.abort();
  }

  /** Asked again. */
  resume(): void {
    this.#isLeft = false;
  }

  #look(): void {
    const dead = [...this.#waiting].filter(({ isLate, isPassed }) => isLate && isPassed);
    if (dead.length === 0 || this.#isSparing) return;
    this.#isSparing = true;
    for (const { giveUp } of dead) giveUp.abort();
  }
}
