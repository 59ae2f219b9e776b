/** A window that says nothing for this long may have gone on by itself (it does so after ten seconds), ms. */
const SILENT_AFTER_MS = 6000;

interface Heard {
  /** Of a clock that only goes forward, ms. */
  at: number;
  unsent: number;
}

/** One window as others may know of it. */
export interface WindowPresence {
  terminal: string;
  heardMsAgo: number | null;
  /** As it said last; 0 for one that was never heard. */
  unsent: number;
  silent: boolean;
}

/**
 * Which windows are there. Kept in memory only: a hub that starts anew has heard nobody, so every window is silent until
 * it speaks, and what a supervisor released before holds no longer.
 */
export class Presence {
  readonly #monotonic: () => number;
  readonly #heard = new Map<string, Heard>();
  readonly #released = new Set<string>();

  /** @param monotonic milliseconds that only go forward; never the wall clock, which may jump */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /**
   * @param unsent what the terminal has decided by itself and not sent yet, at least 1 while it goes on without the hub:
   * it may do so although it is heard, when only the answers get lost
   */
  hear(hall: string, terminal: string, unsent: number): void {
    const key = keyOf(hall, terminal);
    this.#heard.set(key, { at: this.#monotonic(), unsent });
    if (unsent === 0) this.#released.delete(key);
  }

  /** A supervisor gives back to the others what waits for this window, until it is heard again. */
  release(hall: string, terminal: string): void {
    if (this.isSilent(hall, terminal)) this.#released.add(keyOf(hall, terminal));
  }

  /** Whether the window may be calling by itself now, or has done so and not told everything yet. */
  isSilent(hall: string, terminal: string): boolean {
    const heard = this.#heard.get(keyOf(hall, terminal));
    return heard?.unsent !== 0 || this.#monotonic() - heard.at > SILENT_AFTER_MS;
  }

  /** Whether tickets with this window as their fallback are for it alone; that it is not closed, the caller knows. */
  isReservedFor(hall: string, terminal: string): boolean {
    return this.isSilent(hall, terminal) && !this.#released.has(keyOf(hall, terminal));
  }

  /** Windows that spoke since the start, by whether they may go on by themselves now. */
  count(): { heard: number; silent: number } {
    const silent = [...this.#heard].filter(
      ([, { at, unsent }]) => unsent !== 0 || this.#monotonic() - at > SILENT_AFTER_MS,
    );
    return { heard: this.#heard.size - silent.length, silent: silent.length };
  }

  list(hall: string, terminals: Iterable<string>): WindowPresence[] {
    return [...terminals].map((terminal) => {
      const heard = this.#heard.get(keyOf(hall, terminal));
      const heardMsAgo = heard ? Math.round(this.#monotonic() - heard.at) : null;
      return { terminal, heardMsAgo, unsent: heard?.unsent ?? 0, silent: this.isSilent(hall, terminal) };
    });
  }
}

function keyOf(hall: string, terminal: string): string {
  return `${hall}/${terminal}`;
}
