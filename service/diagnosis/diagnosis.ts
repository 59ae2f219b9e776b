import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TerminalConfig } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import { findSticks } from '../doctor/places.ts';
import { type BundleRequest, bundleName, makeBundle, writeBundle } from './bundle.ts';
import type { DatabaseRequest } from './database.ts';

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './diagnosisWorker.mjs', import.meta.url);
/** In the data folder, where no stick is plugged in. */
const FOLDER = 'diagnosis';

/** What only the terminal itself knows. */
export type RunningTerminal = Pick<BundleRequest, 'version' | 'now' | 'running'> & { config: TerminalConfig };

/** The diagnostic bundle of a running terminal; one at a time. */
export class Diagnosis {
  readonly #request: DatabaseRequest;
  readonly #logsDir: string | null;
  #running: Promise<{ folder: string; file: string; removable: boolean }> | null = null;

  constructor(request: DatabaseRequest, logsDir: string | null) {
    this.#request = request;
    this.#logsDir = logsDir;
  }

  /** @throws YichuangError `diagnosis-not-saved` when no folder took it */
  save(terminal: RunningTerminal): Promise<{ folder: string; file: string; removable: boolean }> {
    this.#running ??= this.#save(terminal).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #save(terminal: RunningTerminal): Promise<{ folder: string; file: string; removable: boolean }> {
    const { config, now } = terminal;
    const content = await makeBundle({
      ...terminal,
      ...{ dataDir: this.#request.dataDir, logsDir: this.#logsDir },
      database: await examineInThread(this.#request).catch((error: Error) => ({ failed: error.name })),
    });
    const name = bundleName(config.terminal.id, now);
    const sticks = await findSticks();
    const own = path.join(this.#request.dataDir, FOLDER);
    for (const folder of [...sticks, own]) {
      const file = path.join(folder, name);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        await writeBundle(file, content);
        return { folder, file, removable: sticks.includes(folder) };
      } catch {
        // The next place.
      }
    }
    throw new YichuangError('diagnosis-not-saved');
  }
}

function examineInThread(request: DatabaseRequest): Promise<object> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: request });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('ended without an answer')));
  });
}
