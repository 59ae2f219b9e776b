import { type HealthAlarm, type HealthCode, type HealthDetail, isHealthCode } from '../../contract/health.ts';
import type { RaisedAlarm } from '../../db/raisedAlarms.ts';

/** Where alarms lie that a restarted program must not forget. */
export interface AlarmMemory {
  list(): RaisedAlarm[];
  keep(alarm: RaisedAlarm): void;
  drop(code: string): void;
}

export const NO_MEMORY: AlarmMemory = { list: () => [], keep: () => {}, drop: () => {} };

/**
 * What is still wrong after a start is found within this: the hourly backup is looked at last, after ten minutes and then
 * with every round of duties.
 */
const FOUND_AGAIN_MS = 90 * 60_000;

/** Found by a look that comes round once a day: it stays said until the next look finds nothing. */
const STANDING: readonly HealthCode[] = ['scan-damage'];

interface Remembered {
  since: number;
  detail: HealthDetail;
  known: HealthAlarm['known'];
}

/** The alarms of the program's last life, until they are found again or are over. Its own failures raise none. */
export class RememberedAlarms {
  readonly #memory: AlarmMemory;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #old = new Map<string, Remembered>();

  constructor(memory: AlarmMemory, now: () => number) {
    this.#memory = memory;
    this.#now = now;
    this.#startedAt = now();
    this.#try(() => {
      for (const { code, since, detail, known } of memory.list())
        this.#old.set(code, { since: Date.parse(since), detail, known });
    });
  }

  /** Those that are so until somebody looks again. */
  standing(): [HealthCode, Remembered][] {
    return [...this.#old].flatMap(([code, remembered]) => {
      if (!isHealthCode(code) || !STANDING.includes(code)) return [];
      this.#old.delete(code);
      return [[code, remembered] satisfies [HealthCode, Remembered]];
    });
  }

  /** It is so again: what is known of it from before, or null. */
  take(code: HealthCode): Remembered | null {
    this.forgetOld();
    const found = this.#old.get(code) ?? null;
    this.#old.delete(code);
    return found;
  }

  keep(code: HealthCode, { since, detail, known }: Remembered): void {
    this.#try(() => this.#memory.keep({ code, since: new Date(since).toISOString(), detail, known }));
  }

  drop(code: HealthCode): void {
    this.#try(() => this.#memory.drop(code));
  }

  forgetOld(): void {
    if (this.#old.size === 0 || this.#now() - this.#startedAt < FOUND_AGAIN_MS) return;
    for (const code of this.#old.keys()) this.#try(() => this.#memory.drop(code));
    this.#old.clear();
  }

  /** An alarm is said also when it cannot be kept: that the disk takes nothing has an alarm of its own. */
  #try(act: () => void): void {
    try {
      act();
    } catch {
      // Said in memory only; after a restart it is said anew.
    }
  }
}
