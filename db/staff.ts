import type Database from 'better-sqlite3';
import type { StaffRecord } from '../domain/ledger/reduce.ts';
import { readMeta, writeMeta } from './meta.ts';
import { type StaffRow, staffFromRow } from './rows.ts';

const CONFIRMED_EVERY_MS = 10 * 60_000;

/** People who can sign in; the list comes from the centre by sync. */
export class StaffDirectory {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  findActive(number: string): StaffRecord | null {
    const row = this.#db.prepare('SELECT * FROM staff WHERE number = ? AND active = 1').get(number) as
      | StaffRow
      | undefined;
    return row ? staffFromRow(row) : null;
  }

  /** The centre was asked and had nothing newer, or gave it. Written at most so often: it happens every few seconds. */
  noteConfirmed(at: number): void {
    if (Math.abs(at - (this.confirmedAt() ?? 0)) >= CONFIRMED_EVERY_MS)
      writeMeta(this.#db, 'staff-confirmed-at', new Date(at).toISOString());
  }

  /** @returns ms since 1970; undefined: never */
  confirmedAt(): number | undefined {
    const at = readMeta(this.#db, 'staff-confirmed-at');
    return at === null ? undefined : Date.parse(at);
  }

  /** Everybody ever known, by number: a case remembers who did a step after they left. */
  list(): StaffRecord[] {
    const rows = this.#db.prepare('SELECT * FROM staff ORDER BY number').all() as StaffRow[];
    return rows.map(staffFromRow);
  }

  /** By number, of everybody ever known. */
  names(): ReadonlyMap<string, string> {
    return new Map(this.list().map(({ number, name }) => [number, name]));
  }

  hasAny(): boolean {
    return this.#db.prepare('SELECT 1 FROM staff WHERE active = 1 LIMIT 1').get() !== undefined;
  }
}
