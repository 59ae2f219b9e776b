import type Database from 'better-sqlite3';
import type { StaffRecord } from '../domain/ledger/reduce.ts';
import { type StaffRow, staffFromRow } from './project.ts';

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

  hasAny(): boolean {
    return this.#db.prepare('SELECT 1 FROM staff WHERE active = 1 LIMIT 1').get() !== undefined;
  }
}
