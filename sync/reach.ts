import { pauseFor } from '../link/backOff.ts';
import type { Exchange } from './exchange.ts';
import type { Hubs } from './hubs.ts';

export interface ReachOptions {
  hubs: Hubs;
  exchange: Exchange;
  stop: AbortSignal;
}

/** Whoever is there again has told what is new within this, ms, or nobody waits for it any longer. */
const CATCH_UP_MS = 4_000;

/** Asks, for somebody who waits, whether the other side is there again: the loop may pause for ten seconds more. */
export class Reach {
  readonly #options: ReachOptions;
  #asking: Promise<boolean> | null = null;

  constructor(options: ReachOptions) {
    this.#options = options;
  }

  /**
   * @returns true: it is, and what is new there is here. False is known at once where connections are refused, within two
   * seconds where nothing answers
   */
  ask(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    const { hubs, exchange, stop } = this.#options;
    const enough = new AbortController();
    try {
      await hubs.current.reach();
      const late = pauseFor(CATCH_UP_MS, AbortSignal.any([enough.signal, stop])).then(() => false);
      return await Promise.race([exchange.runFull().then(() => true), late]);
    } catch {
      return false;
    } finally {
      enough.abort();
    }
  }
}
