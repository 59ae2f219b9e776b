import type Database from 'better-sqlite3';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { OutageRecord } from '../domain/outage/types.ts';
import { uuidToBlob } from './ids.ts';

/** Outages ↔ their table. */
export class Outages {
  readonly #read: Database.Statement;
  readonly #write: Database.Statement;
  readonly #touching: Database.Statement;
  readonly #all: Database.Statement;

  constructor(db: Database.Database) {
    this.#read = db.prepare('SELECT record FROM outage WHERE id = ?').pluck();
    this.#write = db.prepare(`
      INSERT INTO outage (id, case_id, ends, record) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET ends = excluded.ends, record = excluded.record`);
    this.#touching = db
      .prepare(`SELECT record FROM outage WHERE (case_id IS NULL OR case_id = ?) AND (ends = '' OR ends > ?)`)
      .pluck();
    this.#all = db.prepare('SELECT record FROM outage ORDER BY id DESC LIMIT ?').pluck();
  }

  find(id: string): OutageRecord | null {
    const text = this.#read.get(uuidToBlob(id)) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as OutageRecord);
  }

  write(record: OutageRecord): void {
    const { id, caseId, to } = record;
    const about = caseId === undefined ? null : uuidToBlob(caseId);
    this.#write.run(uuidToBlob(id), about, to ?? '', canonicalJson(record));
  }

  /** Those that may stop the clock of this case. @param caseId as stored @param acceptedAt ISO instant */
  touching(caseId: Uint8Array, acceptedAt: string): OutageRecord[] {
    return (this.#touching.all(caseId, acceptedAt) as string[]).map((text) => JSON.parse(text) as OutageRecord);
  }

  /** Newest first. */
  list(limit: number): OutageRecord[] {
    return (this.#all.all(limit) as string[]).map((text) => JSON.parse(text) as OutageRecord);
  }
}
