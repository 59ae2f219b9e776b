import { access, constants, mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { OwnAlarms } from '../alarms.ts';
import { backUpCentre, backUpImages, newestCentreBackupAt } from './backup.ts';

/** How a centre backs itself up. */
export interface BackupSettings {
  /** Best on another disk. */
  folder: string;
  everyMinutes: number;
  /** Of the days before the last one, so many are kept. */
  days: number;
}

export interface BackupDutyOptions {
  dataDir: string;
  settings: BackupSettings;
  /** Its database is a server's, whose own tools back it up: only the images are copied. */
  isOnServer: boolean;
  alarms: Pick<OwnAlarms, 'set'>;
  logger: Logger;
  now: () => number;
  /** Milliseconds that only go forward: a clock that is put back by a day must not put off the next one by a day. */
  monotonic: () => number;
}

/** Whoever starts together with the centre is served first. */
const FIRST_LOOK_MS = 2_000;
const LOOK_EVERY_MS = 30_000;
const MINUTE = 60_000;
/** After one that failed. */
const AGAIN_AFTER_MS = 10 * MINUTE;
/** One that was left out is no alarm yet: it may be slow. */
const LATE_AFTER_ROUNDS = 2.5;

/** Makes a backup when the last one is old enough, and says when that does not go well. */
export class BackupDuty {
  readonly #options: BackupDutyOptions;
  readonly #timers: NodeJS.Timeout[];
  readonly #everyMs: number;
  readonly #stop = new AbortController();
  #looking: Promise<void> | null = null;
  /** By the wall clock; null: none that is known of. */
  #lastAt: number | null = null;
  /** By the monotonic clock. */
  #madeAt: number;
  #dueAt: number | null = null;
  #failures = 0;

  constructor(options: BackupDutyOptions) {
    this.#options = options;
    this.#everyMs = options.settings.everyMinutes * MINUTE;
    this.#madeAt = options.monotonic();
    const look = () => void this.look();
    this.#timers = [setTimeout(look, FIRST_LOOK_MS), setInterval(look, LOOK_EVERY_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  /** When the newest was made, ms since 1970; null: there is none. */
  get lastAt(): number | null {
    return this.#lastAt;
  }

  /** As much as is due; one at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    this.#noteAge();
    return this.#looking;
  }

  /** One that is under way is given up. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { settings, now, monotonic, logger, alarms } = this.#options;
    this.#dueAt ??= await this.#firstDue();
    if (monotonic() < this.#dueAt) return;
    const at = now();
    try {
      logger.info(await this.#make(settings, at), 'backup');
      [this.#lastAt, this.#madeAt, this.#failures] = [at, monotonic(), 0];
      this.#dueAt = this.#madeAt + this.#everyMs;
      alarms.set('backup-failed', false);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#noteFailure(error);
      this.#dueAt = monotonic() + Math.min(AGAIN_AFTER_MS, this.#everyMs);
    }
    this.#noteAge();
  }

  async #make({ folder, days }: BackupSettings, now: number): Promise<object> {
    const { dataDir, isOnServer } = this.#options;
    const { signal } = this.#stop;
    if (isOnServer) {
      await backUpImages({ dataDir, to: folder, signal });
      return { images: true };
    }
    const { file, bytes, ops } = await backUpCentre({ dataDir, to: folder, now, days, signal });
    return { file, bytes, ops };
  }

  /** A start shortly after a backup makes none; an older one, or none at all, is made good at once. */
  async #firstDue(): Promise<number> {
    const { settings, now, monotonic, isOnServer } = this.#options;
    const { folder } = settings;
    // A folder that takes nothing is known before an hour's work has no backup.
    await mkdir(folder, { recursive: true, mode: 0o700 })
      .then(() => access(folder, constants.W_OK))
      .catch((error: unknown) => this.#noteFailure(error));
    const newest = isOnServer ? null : await newestCentreBackupAt(folder).catch(() => null);
    this.#lastAt = newest;
    const age = newest === null ? Number.POSITIVE_INFINITY : now() - newest;
    // One of the future says nothing of its age.
    if (age < 0 || age >= this.#everyMs) return monotonic();
    this.#madeAt = monotonic() - age;
    return this.#madeAt + this.#everyMs;
  }

  #noteAge(): void {
    const { alarms, monotonic } = this.#options;
    const ageMs = monotonic() - this.#madeAt;
    alarms.set('backup-late', ageMs > LATE_AFTER_ROUNDS * this.#everyMs, { minutes: Math.round(ageMs / MINUTE) });
  }

  #noteFailure(error: unknown): void {
    const { alarms, logger } = this.#options;
    this.#failures += 1;
    // Name and code only: a message may quote a path.
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    alarms.set('backup-failed', true, { error: code });
    logger.error({ error: code, failures: this.#failures }, 'backup-failed');
  }
}
