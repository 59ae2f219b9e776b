import { TransportError } from './types.ts';

export type EndReason = 'closed' | 'disconnected' | 'error';

/**
 * The one end of a transport. Serial ports report theirs up to three times (devices.md §5, finding 3): the first report
 * counts, every listener hears it once, and whoever waits for the transport is let go.
 */
export class Ending {
  #reason: EndReason | null = null;
  readonly #listeners = new Set<(reason: EndReason) => void>();

  get reason(): EndReason | null {
    return this.#reason;
  }

  /** A listener that comes too late is called at once. */
  listen(listener: (reason: EndReason) => void): void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.add(listener);
  }

  report(reason: EndReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
  }

  /** @throws TransportError `closed` when the end comes before `work` is done */
  unlessEnded<T>(work: Promise<T>, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const onEnd = () => reject(new TransportError('closed', what));
      this.listen(onEnd);
      work.then(resolve, reject).finally(() => this.#listeners.delete(onEnd));
    });
  }
}
