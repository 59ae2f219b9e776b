import type Database from 'better-sqlite3';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { Op } from '../domain/ledger/op.ts';
import { NOT_FOR_PEOPLE } from '../domain/returned/reduceReturned.ts';
import type { ReturnedRecord } from '../domain/returned/types.ts';
import { uuidToBlob } from './ids.ts';
import { type OpRow, opFromRow } from './opRow.ts';

export const RETURNED_TABLES = ['returned'] as const;

/**
 * An own op was returned and nobody has decided yet, or it was not even noted: a condition on a row `op_result`, with the
 * device as `@device`.
 */
export const IS_UNSETTLED = `outcome = 'rejected' AND NOT EXISTS (
  SELECT 1 FROM returned WHERE returned.device = @device AND returned.epoch = op_result.epoch
    AND returned.seq = op_result.seq AND returned.state = 'settled')`;

/** 退回 ↔ their table, and what of them is still to be noted. */
export class Returned {
  readonly #read: Database.Statement;
  readonly #write: Database.Statement;
  readonly #remove: Database.Statement;
  readonly #open: Database.Statement;
  readonly #settled: Database.Statement;
  readonly #unnoted: Database.Statement;

  constructor(db: Database.Database) {
    this.#read = db.prepare('SELECT record FROM returned WHERE id = ?').pluck();
    this.#write = db.prepare(`
      INSERT INTO returned (id, device, epoch, seq, case_id, state, record) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record`);
    this.#remove = db.prepare('DELETE FROM returned WHERE id = ?');
    this.#open = db.prepare("SELECT record FROM returned WHERE state = 'open' ORDER BY id").pluck();
    this.#settled = db
      .prepare("SELECT record FROM returned WHERE state = 'settled' ORDER BY record ->> '$.settled.at' DESC LIMIT ?")
      .pluck();
    // What was refused is little, the log is not: in this order, whatever the planner would rather do.
    this.#unnoted = db.prepare(`
      SELECT op.*, op_result.code AS result_code FROM op_result CROSS JOIN op USING (epoch, seq)
      WHERE op_result.outcome = 'rejected' AND op.device = @device
        AND NOT EXISTS (SELECT 1 FROM returned WHERE returned.device = @device AND returned.epoch = op.epoch AND returned.seq = op.seq)
      ORDER BY op.ord`);
  }

  /** @param id of the op that was returned */
  find(id: string): ReturnedRecord | null {
    return parse(this.#read.get(uuidToBlob(id)) as string | undefined);
  }

  write(record: ReturnedRecord): void {
    const { id, device, epoch, seq, caseId, settled } = record;
    const about = caseId === undefined ? null : uuidToBlob(caseId);
    const state = settled === null ? 'open' : 'settled';
    this.#write.run(uuidToBlob(id), uuidToBlob(device), epoch, seq, about, state, canonicalJson(record));
  }

  remove(id: string): void {
    this.#remove.run(uuidToBlob(id));
  }

  /** Of the whole hall, oldest first. */
  open(): ReturnedRecord[] {
    return (this.#open.all() as string[]).map((text) => JSON.parse(text) as ReturnedRecord);
  }

  /** Of the whole hall, decided last first. */
  settled(limit: number): ReturnedRecord[] {
    return (this.#settled.all(limit) as string[]).map((text) => JSON.parse(text) as ReturnedRecord);
  }

  /** Own ops that people have to decide about and that nobody has been told of. @param device our own */
  unnoted(device: string): { op: Op; code: string }[] {
    const rows = this.#unnoted.all({ device: uuidToBlob(device) }) as (OpRow & { result_code: string })[];
    return rows
      .filter(({ stream_kind: kind }) => !NOT_FOR_PEOPLE.includes(kind))
      .map((row) => ({ op: opFromRow(row), code: row.result_code }));
  }
}

function parse(text: string | undefined): ReturnedRecord | null {
  return text === undefined ? null : (JSON.parse(text) as ReturnedRecord);
}
