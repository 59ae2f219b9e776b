import {
  HEALTH,
  HEALTH_CODES,
  HEALTH_FACT,
  HEALTH_WORD,
  type HealthAlarm,
  type HealthCode,
  type HealthDetail,
} from '../../contract/health.ts';

interface Raised {
  since: number;
  detail: HealthDetail;
  known: HealthAlarm['known'];
}

/** Alarms of this machine. Whoever finds something raises its code, and clears it when it is over. */
export class Health {
  readonly #now: () => number;
  readonly #changed: (alarms: HealthAlarm[]) => void;
  readonly #raised = new Map<HealthCode, Raised>();

  constructor(now: () => number, changed: (alarms: HealthAlarm[]) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /**
   * It is so. Said again it stays the same alarm, since when it was first said, with the newer detail.
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
    this.#raised.set(code, { since: before?.since ?? this.#now(), detail, known: before?.known ?? null });
    this.#changed(this.list());
  }

  /** It is over. */
  clear(code: HealthCode): void {
    if (this.#raised.delete(code)) this.#changed(this.list());
  }

  isRaised(code: HealthCode): boolean {
    return this.#raised.has(code);
  }

  /** Somebody has seen it. What stops the work stays before everybody's eyes. @returns whether there was anything to see */
  acknowledge(code: HealthCode, by: string): boolean {
    const raised = this.#raised.get(code);
    if (!raised || HEALTH[code].level === 'stop') return false;
    raised.known = { by, at: new Date(this.#now()).toISOString() };
    this.#changed(this.list());
    return true;
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
