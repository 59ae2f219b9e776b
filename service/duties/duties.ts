import type { OpJournal } from '../../db/journal/journal.ts';
import { hallDay, hallMinute } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';
import { deemRefusals } from './deemRefusals.ts';
import { expirePreReviews } from './expirePreReviews.ts';
import type { HourlyBackup } from './hourlyBackup.ts';
import type { NightlyScan } from './nightlyScan.ts';
import { removeExpired } from './removeExpired.ts';

const EVERY_MS = 10 * 60_000;

export interface DutyTasks {
  backup: HourlyBackup;
  scan: NightlyScan;
  opJournal: OpJournal | null;
}

/** What a terminal does by itself, by the calendar: at its start, every ten minutes, every hour, and once in the night. */
export class Duties {
  readonly #context: ServiceContext;
  readonly #log: Log;
  readonly #tasks: DutyTasks;
  readonly #timer: NodeJS.Timeout;
  #cleanedOn: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(context: ServiceContext, tasks: DutyTasks, log: Log) {
    this.#context = context;
    this.#tasks = tasks;
    this.#log = log;
    this.#timer = setInterval(() => this.check(), EVERY_MS);
    this.#timer.unref();
    this.check();
  }

  /** Does what is due; one round at a time. */
  check(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#round())
      .catch((error: Error) => {
        this.#log.error({ name: error.name }, 'duties-failed');
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#tasks.scan.stop();
    await this.#running;
  }

  async #round(): Promise<void> {
    const deemed = deemRefusals(this.#context);
    if (deemed > 0) this.#log.info({ deemed }, 'refusals-settled');
    const expired = expirePreReviews(this.#context);
    if (expired > 0) this.#log.info({ expired }, 'pre-reviews-expired');
    const { backup, scan, opJournal } = this.#tasks;
    await backup.makeWhenDue(this.#context, this.#log);
    await opJournal?.prune();
    await scan.runWhenDue(this.#context, this.#log);
    const now = this.#context.now();
    const hour = Number(hallMinute(now).slice(11, 13));
    const isNight = hour >= 20 || hour < 6;
    if (!isNight || this.#cleanedOn === hallDay(now)) return;
    this.#cleanedOn = hallDay(now);
    const removed = await removeExpired(this.#context);
    this.#log.info({ ...removed }, 'retention');
  }
}
