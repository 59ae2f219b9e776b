import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { backUp } from '../../db/backup/backup.ts';
import { BACKUP_FOLDER } from '../../db/store.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';

/** Not at the start itself, when a clerk waits for the window. */
const FIRST_AFTER_MS = 10 * 60_000;

/** Makes a backup when the last one is old enough. One that fails is tried again with the next round of duties. */
export class HourlyBackup {
  readonly #dataDir: string;
  readonly #keyHex: string;
  #dueAt: number | null = null;
  #failures = 0;

  constructor(dataDir: string, keyHex: string) {
    this.#dataDir = dataDir;
    this.#keyHex = keyHex;
  }

  async makeWhenDue(
    { config, health, now }: Pick<ServiceContext, 'config' | 'health' | 'now'>,
    log: Log,
  ): Promise<void> {
    const { folder = path.join(this.#dataDir, BACKUP_FOLDER), everyMinutes } = config.backup;
    const at = now();
    if (everyMinutes === 0) return;
    if (this.#dueAt === null) {
      this.#dueAt = at + FIRST_AFTER_MS;
      // A folder that takes nothing is known before an hour's work has no backup.
      await mkdir(folder, { recursive: true, mode: 0o700 })
        .then(() => access(folder, constants.W_OK))
        .catch((error: unknown) => this.#noteFailure(error, health, log));
    }
    if (at < this.#dueAt) return;
    try {
      const { file, bytes, ops } = await backUp({ dir: this.#dataDir, keyHex: this.#keyHex, to: folder, now: at });
      this.#dueAt = at + everyMinutes * 60_000;
      this.#failures = 0;
      health.clear('backup-failed');
      log.info({ file, bytes, ops }, 'backup');
    } catch (error) {
      this.#noteFailure(error, health, log);
    }
  }

  #noteFailure(error: unknown, health: ServiceContext['health'], log: Log): void {
    this.#failures += 1;
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    health.raise('backup-failed', { error: code, failures: this.#failures });
    log.error({ code }, 'backup-failed');
  }
}
