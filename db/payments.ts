import type Database from 'better-sqlite3';
import type { PaymentRecord } from '../domain/payment/types.ts';
import { uuidToBlob } from './ids.ts';

/** Reads of payments; they are written with the log (db/project.ts). */
export class Payments {
  readonly #ofCase: Database.Statement;

  constructor(db: Database.Database) {
    this.#ofCase = db.prepare('SELECT record FROM payment WHERE case_id = ?');
  }

  /** Oldest first. */
  ofCase(caseId: string): PaymentRecord[] {
    const rows = this.#ofCase.all(uuidToBlob(caseId)) as { record: string }[];
    const payments = rows.map(({ record }) => JSON.parse(record) as PaymentRecord);
    // Ids are chosen by pages and say nothing of time.
    return payments.sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : a.requestedAt > b.requestedAt ? 1 : 0));
  }
}
