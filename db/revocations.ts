import type Database from 'better-sqlite3';
import type { DeviceRevoked } from '../domain/ledger/op.ts';

export interface Revocation {
  by: string;
  at: string;
  reason: string;
}

/** Why machines of the hall were taken out of service. The log is read once, and then only what is new in it. */
export class Revocations {
  readonly #after: Database.Statement<[number], { ord: number; actor: string; at: string; body: string }>;
  readonly #newest: () => number;
  readonly #found = new Map<string, Revocation>();
  #ord = 0;

  constructor(db: Database.Database) {
    this.#after = db.prepare(`
      SELECT ord, actor, at, body FROM op WHERE ord > ? AND stream_kind = 'device' AND applied = 1 ORDER BY ord`);
    const newest = db.prepare<[], number>('SELECT coalesce(max(ord), 0) FROM op').pluck();
    this.#newest = () => newest.get() as number;
  }

  /** The newest of this device; null: none has come here. */
  of(device: string): Revocation | null {
    const newest = this.#newest();
    if (newest > this.#ord) {
      for (const { actor, at, body } of this.#after.all(this.#ord)) {
        const { device: about, reason } = JSON.parse(body) as DeviceRevoked;
        this.#found.set(about, { by: actor, at, reason });
      }
      this.#ord = newest;
    }
    return this.#found.get(device) ?? null;
  }
}
