import { access } from 'node:fs/promises';
import type { DriverEnvironment } from '../driver/types.ts';
import type { ListPorts } from './list.ts';

/** Between two looks while a device is offline (devices.md §6.2). */
const PERIOD_MS = 2000;

export interface PortWatchOptions {
  list: ListPorts;
  environment: Pick<DriverEnvironment, 'delay'>;
  /** Ports of the devices that are offline now; nothing is looked for while there are none. */
  offline: () => readonly string[];
  /** Something was plugged in. */
  onAppeared: () => void;
}

/** Notices a port that comes back, so that a device is opened at once and not after its pause. */
export class PortWatch {
  readonly #options: PortWatchOptions;
  #running = false;
  #ended = false;

  constructor(options: PortWatchOptions) {
    this.#options = options;
  }

  /** Called whenever a device may have gone offline. */
  start(): void {
    if (this.#running || this.#ended) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
    });
  }

  end(): void {
    this.#ended = true;
  }

  async #run(): Promise<void> {
    // What is there at the first look may have come between the failure and the look.
    let before: ReadonlySet<string> = new Set();
    for (;;) {
      await this.#options.environment.delay(PERIOD_MS);
      if (this.#ended || this.#options.offline().length === 0) return;
      const now = await this.#present();
      const appeared = [...now].some((each) => !before.has(each));
      before = now;
      if (appeared) this.#options.onAppeared();
    }
  }

  /** Listed adapters with their sockets, and typed paths that exist though no list has them. */
  async #present(): Promise<Set<string>> {
    const listed = await this.#options.list().catch(() => []);
    const present = new Set(listed.map((port) => JSON.stringify(port)));
    for (const port of this.#options.offline()) {
      if (port.startsWith('/') && (await exists(port))) present.add(port);
    }
    return present;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
