import { YichuangError } from '../contract/errors.ts';
import { pauseFor } from '../link/backOff.ts';
import { CentreError } from './centreError.ts';

export interface Patience {
  /** After so long nothing is asked again, ms: somebody waits, and his page has a deadline too. */
  forMs: number;
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number;
  /** Ends a pause early, and with it the asking. */
  stop: AbortSignal;
}

/** Between two askings when whoever is busy did not say how long, ms. */
const USUAL_PAUSE_MS = 1_000;

/**
 * Asks again what was turned away because too much came at once: nothing was done then, and it may go through in a moment.
 * @throws YichuangError `centre-busy` when it did not within the time; otherwise what `ask` throws
 */
export async function patiently<T>(ask: () => Promise<T>, { forMs, monotonic, stop }: Patience): Promise<T> {
  const until = monotonic() + forMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CentreError && error.isBusy)) throw error;
      const after = error.retryAfterMs ?? USUAL_PAUSE_MS;
      // Whoever was turned away in the same moment shall not come back in the same moment.
      const pause = after + (Math.random() * after) / 2;
      if (stop.aborted || monotonic() + pause > until) throw new YichuangError('centre-busy', { cause: error });
      await pauseFor(pause, stop);
    }
  }
}
