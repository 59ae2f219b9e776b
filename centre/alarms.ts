import type { Logger } from 'pino';
import { HEALTH, type HealthCode } from '../contract/health.ts';

/** What a hub or a centre finds wrong with itself. */
export const OWN_ALARMS = [
  ...(['disk-full', 'disk-low', 'backup-failed', 'backup-late'] as const),
  'rows-lone',
  'intake-stuck',
] as const satisfies HealthCode[];

export type OwnAlarm = (typeof OWN_ALARMS)[number];

/** Alarms of this process: in its log, its figures, and what it says of itself to supervisors. */
export class OwnAlarms {
  readonly #raisedAt = new Map<OwnAlarm, number>();
  readonly #now: () => number;
  readonly #logger: Logger;

  constructor(now: () => number, logger: Logger) {
    this.#now = now;
    this.#logger = logger;
  }

  /** @param detail codes and numbers, for the log */
  set(code: OwnAlarm, isWrong: boolean, detail: Readonly<Record<string, number | string>> = {}): void {
    if (isWrong === this.isRaised(code)) return;
    if (isWrong) this.#raisedAt.set(code, this.#now());
    else this.#raisedAt.delete(code);
    if (isWrong) this.#logger.error({ alarm: code, severity: HEALTH[code].level, ...detail }, 'alarm');
    else this.#logger.info({ alarm: code }, 'alarm over');
  }

  isRaised(code: OwnAlarm): boolean {
    return this.#raisedAt.has(code);
  }

  /** @returns `since` in ms since 1970 */
  list(): { code: OwnAlarm; since: number }[] {
    return OWN_ALARMS.flatMap((code) => {
      const since = this.#raisedAt.get(code);
      return since === undefined ? [] : [{ code, since }];
    });
  }
}
