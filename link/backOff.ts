const FIRST_MS = 500;
const MAX_MS = 10_000;

/**
 * Growing pauses with full jitter: each is anything up to twice the limit before, so that machines that lost the line in
 * the same moment do not knock in the same moment.
 */
export class BackOff {
  #failures = 0;

  /**
   * The next pause, ms.
   * @param spreadMs over so long all that speak there spread their knocking
   */
  next(spreadMs = 0): number {
    const limit = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    return Math.random() * Math.max(limit, spreadMs);
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** Resolves after so many ms, or when the signal fires. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
