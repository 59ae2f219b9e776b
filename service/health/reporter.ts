import type { TerminalRole } from '../../contract/config.ts';
import type { HealthAlarm } from '../../contract/health.ts';
import { type MachineReport, REPORT_EVERY_MS } from '../../contract/machines.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import { CentreError } from '../../sync/centreError.ts';
import type { SyncClient } from '../../sync/syncClient.ts';

/** How often to look whether something is due: what came up while the line was down is told soon after it is back. */
const LOOK_MS = 2_000;
/** A hub of an older program knows nothing of reports. */
const ASK_OLD_HUB_MS = 5 * 60_000;
/** The program ends: so long it tries to say that its silence is meant. */
const FAREWELL_MS = 1_000;

export interface ReporterOptions {
  sync: Pick<SyncClient, 'state' | 'hall'>;
  alarms: () => HealthAlarm[];
  role: TerminalRole;
  /** Version of the program. */
  program: string;
  /** Whoever answers speaks otherwise than before. */
  onSpoken: () => void;
  now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  monotonic: () => number;
}

/** Tells the hub of this machine: its role, its program, and which of its alarms are open. Nothing a person wrote. */
export class MachineReporter {
  readonly #options: ReporterOptions;
  readonly #timer: NodeJS.Timeout;
  #dueAt = Number.NEGATIVE_INFINITY;
  #spoken: number | null = null;
  #saying: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
  }

  /** The newest protocol that whoever answers speaks; null: nobody has said yet. */
  get spoken(): number | null {
    return this.#spoken;
  }

  /** An alarm came or went. */
  note(): void {
    this.#dueAt = Number.NEGATIVE_INFINITY;
    void this.look();
  }

  /** Says what is due; at most one at a time. */
  look(): Promise<void> {
    const { sync, monotonic } = this.#options;
    if (this.#isStopped || this.#saying || sync.state.link !== 'connected' || monotonic() < this.#dueAt)
      return this.#saying ?? Promise.resolve();
    this.#dueAt = monotonic() + REPORT_EVERY_MS;
    this.#saying = this.#say(false).finally(() => {
      this.#saying = null;
    });
    return this.#saying;
  }

  /** Before the sync client stops: the hub should not take this machine for broken. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    if (this.#options.sync.state.link !== 'connected') return;
    const said = Promise.resolve(this.#saying).then(() => this.#say(true));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([said, late]).finally(() => clearTimeout(timer));
  }

  async #say(leaving: boolean): Promise<void> {
    const { sync, monotonic, onSpoken } = this.#options;
    try {
      const { versions } = await sync.hall.report(this.#report(leaving));
      const newest = Math.max(...versions);
      if (newest === this.#spoken) return;
      this.#spoken = newest;
      onSpoken();
    } catch (error) {
      // Lost reports are made good by the next one.
      const isOldHub = error instanceof CentreError && error.kind === 'protocol';
      if (isOldHub) this.#dueAt = monotonic() + ASK_OLD_HUB_MS;
    }
  }

  #report(leaving: boolean): MachineReport {
    const { alarms, role, program, now } = this.#options;
    const at = now();
    return {
      ...{ role, program, leaving, protocol: PROTOCOL_VERSIONS[0] },
      alarms: alarms().map(({ code, level, since, known }) => ({
        ...{ code, level, known },
        ageMs: Math.max(0, at - Date.parse(since)),
      })),
    };
  }
}
