import type Database from 'better-sqlite3';
import type { HealthAlarm, HealthDetail } from '../contract/health.ts';

export interface RaisedAlarm {
  /** A program that was newer may have known codes that this one does not. */
  code: string;
  since: string;
  detail: HealthDetail;
  known: HealthAlarm['known'];
}

interface Row {
  code: string;
  since: string;
  detail: string;
  known_by: string | null;
  known_at: string | null;
}

/** Alarms of this machine that are so now: what a restarted program must not forget. */
export class RaisedAlarms {
  readonly #list: Database.Statement<[], Row>;
  readonly #keep: Database.Statement<[string, string, string, string | null, string | null]>;
  readonly #drop: Database.Statement<[string]>;

  constructor(db: Database.Database) {
    this.#list = db.prepare('SELECT code, since, detail, known_by, known_at FROM raised_alarm ORDER BY code');
    this.#keep = db.prepare(`
      INSERT INTO raised_alarm (code, since, detail, known_by, known_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (code) DO UPDATE SET since = excluded.since, detail = excluded.detail,
        known_by = excluded.known_by, known_at = excluded.known_at`);
    this.#drop = db.prepare('DELETE FROM raised_alarm WHERE code = ?');
  }

  list(): RaisedAlarm[] {
    return this.#list.all().map(({ code, since, detail, known_by: by, known_at: at }) => ({
      code,
      since,
      detail: JSON.parse(detail) as HealthDetail,
      known: by === null || at === null ? null : { by, at },
    }));
  }

  keep({ code, since, detail, known }: RaisedAlarm): void {
    this.#keep.run(code, since, JSON.stringify(detail), known?.by ?? null, known?.at ?? null);
  }

  drop(code: string): void {
    this.#drop.run(code);
  }
}
