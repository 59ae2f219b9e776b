/** Somebody waits for it; records on their way; scanned pages. */
export type TrafficClass = 'interactive' | 'records' | 'blobs';

/** Records pass after this in any case, ms: what somebody waits for may itself wait for them. */
const RECORDS_WAIT_MS = 2_000;

/**
 * Whose turn it is on a line: records let pass what somebody waits for, scanned pages let pass both, and go one by one. What
 * is on its way is not called back, so a request of a lower class has to be short on the line.
 */
export class TrafficGate {
  readonly #running: Record<TrafficClass, number> = { interactive: 0, records: 0, blobs: 0 };
  readonly #waiting = new Set<{ traffic: TrafficClass; look: () => void }>();

  /**
   * @returns gives the line back, once for each time it was given
   * @throws AbortError when the signal fires first
   */
  async enter(traffic: TrafficClass, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#isFree(traffic)) this.#running[traffic] += 1;
    else await this.#wait(traffic, signal);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#running[traffic] -= 1;
      for (const { look } of [...this.#waiting]) look();
    };
  }

  #isFree(traffic: TrafficClass): boolean {
    const { interactive, records, blobs } = this.#running;
    if (traffic === 'interactive') return true;
    if (traffic === 'records') return interactive === 0;
    const recordsWait = [...this.#waiting].some((each) => each.traffic === 'records');
    return interactive === 0 && records === 0 && blobs === 0 && !recordsWait;
  }

  #wait(traffic: TrafficClass, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(entry);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const enter = () => {
        leave();
        // At once, or the next one that looks would find the line free as well.
        this.#running[traffic] += 1;
        resolve();
      };
      const onAbort = () => {
        leave();
        reject(signal?.reason);
      };
      const entry = {
        traffic,
        look: () => {
          if (this.#isFree(traffic)) enter();
        },
      };
      const timer = traffic === 'records' ? setTimeout(enter, RECORDS_WAIT_MS) : undefined;
      this.#waiting.add(entry);
      signal?.addEventListener('abort', onAbort);
    });
  }
}
