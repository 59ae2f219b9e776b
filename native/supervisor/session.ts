import { YichuangError } from '../../contract/errors.ts';
import type { Driver } from '../driver/types.ts';
import type { Transport } from '../transport/types.ts';
import { Mutex } from './mutex.ts';

/** A task that takes longer holds the device for good: the opening is given up. */
const TASK_DEADLINE_MS = 60_000;

/** One opening of a device: its transport, its driver, and who waits for them. Ends once, with everything in it. */
export class Session<D extends Driver> {
  readonly driver: D;
  readonly transport: Transport;
  readonly #mutex = new Mutex();
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #onLost: () => void;
  #lost = false;

  /** @param onLost called once */
  constructor(transport: Transport, driver: D, onLost: () => void) {
    this.transport = transport;
    this.driver = driver;
    this.#onLost = onLost;
    transport.onClose(() => this.lose());
  }

  get lost(): boolean {
    return this.#lost;
  }

  /** Nothing waits for a lost device, and nothing that was asked of it is asked again. */
  lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    for (const reject of this.#waiting) reject(new YichuangError('device-offline'));
    this.#waiting.clear();
    this.#onLost();
  }

  /** @throws YichuangError `device-offline` when the session ends first, `deadline` when the task hangs */
  exclusively<T>(task: (driver: D) => Promise<T>, deadlineMs = TASK_DEADLINE_MS): Promise<T> {
    return this.#untilLost(this.#mutex.run(() => this.#limited(task, deadlineMs)));
  }

  async #limited<T>(task: (driver: D) => Promise<T>, deadlineMs: number): Promise<T> {
    if (this.#lost) throw new YichuangError('device-offline');
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new YichuangError('deadline'));
        this.lose();
      }, deadlineMs);
    });
    try {
      return await this.#untilLost(Promise.race([task(this.driver), hung]));
    } finally {
      clearTimeout(timer);
    }
  }

  #untilLost<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#lost) reject(new YichuangError('device-offline'));
      else this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}
