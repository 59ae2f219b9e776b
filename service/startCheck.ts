import { statSync } from 'node:fs';
import path from 'node:path';
import { scanInThread } from '../db/scan/scanInThread.ts';
import { DATABASE_FILE, type Store } from '../db/store.ts';
import { CHECKED_AT_START_BYTES } from '../disk/examine.ts';
import type { Health } from './health/health.ts';
import type { Log } from './log.ts';

export interface StartCheckOptions {
  store: Pick<Store, 'suspect'>;
  dataDir: string;
  keyHex: string;
}

/**
 * A database too large to be looked at before the window opens is looked at behind it: until that is done cases can be found
 * and read, and nothing is taken in that might have to be taken in again.
 */
export class StartCheck {
  readonly #options: StartCheckOptions;
  readonly #stop = new AbortController();
  #isRunning: boolean;
  #finished: Promise<void> = Promise.resolve();

  constructor(options: StartCheckOptions) {
    this.#options = options;
    this.#isRunning = statSync(path.join(options.dataDir, DATABASE_FILE)).size > CHECKED_AT_START_BYTES;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  run(health: Pick<Health, 'raise' | 'clear'>, log: Log): void {
    if (!this.#isRunning) return;
    health.raise('read-only-check');
    this.#finished = this.#look(log).finally(() => {
      // What is damaged stays closed, and said, until the next start has moved it aside.
      if (!this.#isRunning) health.clear('read-only-check');
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#finished;
  }

  async #look(log: Log): Promise<void> {
    const { store, dataDir, keyHex } = this.#options;
    const startedAt = performance.now();
    try {
      const findings = await scanInThread({ dir: dataDir, keyHex, what: 'pages' }, this.#stop.signal);
      log.info({ found: findings.length, ms: Math.round(performance.now() - startedAt) }, 'start-check');
      if (findings.length > 0) {
        // Stays closed to new cases: the process ends, and the next one moves the files aside.
        store.suspect('a page is damaged');
        return;
      }
      this.#isRunning = false;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // What could not be looked at now is looked at in the night; a damaged page that is met says so itself.
      log.error({ name: (error as Error).name }, 'start-check-failed');
      this.#isRunning = false;
    }
  }
}
