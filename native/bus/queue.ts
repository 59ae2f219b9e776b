import { PRIORITIES, type Priority } from './types.ts';

interface Waiting {
  device: string;
  rank: number;
  begin: () => Promise<void>;
  drop: (error: Error) => void;
}

/**
 * Whose turn it is on a line: the higher priority first, and within one the device that was served longest ago, so that
 * none is starved by a busy neighbour. One exchange at a time.
 */
export class LineQueue {
  readonly #waiting: Waiting[] = [];
  /** Device → number of the exchange it had last. */
  readonly #served = new Map<string, number>();
  #turn = 0;
  #busy = false;

  run<T>(device: string, priority: Priority, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        device,
        rank: PRIORITIES.indexOf(priority),
        begin: () => work().then(resolve, reject),
        drop: reject,
      });
      this.#next();
    });
  }

  /** What `device` waits for is not begun; what is under way goes on. */
  drop(device: string, error: Error): void {
    for (let at = this.#waiting.length - 1; at >= 0; at--) {
      if (this.#waiting[at]?.device === device) this.#waiting.splice(at, 1)[0]?.drop(error);
    }
    this.#served.delete(device);
  }

  #next(): void {
    if (this.#busy) return;
    const chosen = this.#choose();
    if (chosen < 0) return;
    const [entry] = this.#waiting.splice(chosen, 1);
    if (!entry) return;
    this.#busy = true;
    this.#turn += 1;
    this.#served.set(entry.device, this.#turn);
    void entry.begin().finally(() => {
      this.#busy = false;
      this.#next();
    });
  }

  /** The first of the best: who came earlier wins a tie. */
  #choose(): number {
    let best = -1;
    for (const [index, entry] of this.#waiting.entries()) {
      const before = this.#waiting[best];
      if (!before || this.#goesBefore(entry, before)) best = index;
    }
    return best;
  }

  #goesBefore(entry: Waiting, other: Waiting): boolean {
    if (entry.rank !== other.rank) return entry.rank < other.rank;
    return (this.#served.get(entry.device) ?? 0) < (this.#served.get(other.device) ?? 0);
  }
}
