import {
  HEALTH,
  HEALTH_CODES,
  HEALTH_FACT,
  HEALTH_WORD,
  type HealthAlarm,
  type HealthCode,
  type HealthDetail,
} from '../../contract/health.ts';
import { type AlarmMemory, NO_MEMORY, RememberedAlarms } from './memory.ts';

interface Raised {
  since: number;
  detail: HealthDetail;
  known: HealthAlarm['known'];
}

/** Alarms of this machine. Whoever finds something raises its code, and clears it when it is over. */
export class Health {
  readonly #now: () => number;
  readonly #changed: (alarms: HealthAlarm[]) => void;
  readonly #memory: RememberedAlarms;
  readonly #raised = new Map<HealthCode, Raised>();

  /** @param memory of the last life of this program; default: none */
  constructor(now: () => number, changed: (alarms: HealthAlarm[]) => void, memory: AlarmMemory = NO_MEMORY) {
    this.#now = now;
    this.#changed = changed;
    this.#memory = new RememberedAlarms(memory, now);
    for (const [code, standing] of this.#memory.standing()) this.#raised.set(code, standing);
  }

  /**
   * It is so. Said again it stays the same alarm, since when it was first said, with the newer detail; a restart of the
   * program makes no difference to that, when what was so before is soon found again.
   * @param detail numbers and words of a program, never what a person wrote
   * @throws TypeError for a detail that could hold more than that
   */
  raise(code: HealthCode, detail: HealthDetail = {}): void {
    for (const [name, value] of Object.entries(detail)) {
      const isFit = HEALTH_FACT.test(name) && (typeof value === 'number' ? Number.isFinite(value) : isWord(value));
      if (!isFit) throw new TypeError(`${code}: the detail ${name} holds more than a number or a word`);
    }
    const before = this.#raised.get(code);
    if (before && isSame(before.detail, detail)) return;
    const { since, known } = before ?? this.#memory.take(code) ?? { since: this.#now(), known: null };
    const raised = { since, detail, known };
    this.#raised.set(code, raised);
    if (!before) this.#memory.keep(code, raised);
    this.#changed(this.list());
  }

  /** It is over. */
  clear(code: HealthCode): void {
    if (!this.#raised.delete(code)) return;
    this.#memory.drop(code);
    this.#changed(this.list());
  }

  isRaised(code: HealthCode): boolean {
    return this.#raised.has(code);
  }

  /** Whether somebody may say that it is known: what stops the work stays before everybody's eyes. */
  mayAcknowledge(code: HealthCode): boolean {
    return this.#raised.has(code) && HEALTH[code].level !== 'stop';
  }

  /** Somebody has seen it. @returns whether there was anything to see */
  acknowledge(code: HealthCode, by: string, at = this.#now()): boolean {
    const raised = this.#raised.get(code);
    if (!raised || !this.mayAcknowledge(code)) return false;
    raised.known = { by, at: new Date(at).toISOString() };
    this.#memory.keep(code, raised);
    this.#changed(this.list());
    return true;
  }

  /** What was so in the last life of the program, and was not found again, is over: next time it is another alarm. */
  forgetOld(): void {
    this.#memory.forgetOld();
  }

  /** The worst first. */
  list(): HealthAlarm[] {
    return HEALTH_CODES.flatMap((code) => {
      const raised = this.#raised.get(code);
      if (!raised) return [];
      const { since, detail, known } = raised;
      return [{ code, level: HEALTH[code].level, since: new Date(since).toISOString(), detail, known }];
    });
  }
}

/** A citizen number or a telephone number is no word of a program. */
function isWord(value: string): boolean {
  return HEALTH_WORD.test(value) && !/\d{11}/.test(value);
}

function isSame(a: HealthDetail, b: HealthDetail): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
