import type Database from 'better-sqlite3';
import { ENDED_STATES } from '../domain/case/states.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { acceptanceKeys, certificateKeys } from './caseKeys.ts';
import { type HallPeriods, type HallRemoved, HallRetention } from './hall/hallRetention.ts';
import { uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';
import { IS_UNSETTLED } from './returned.ts';
import { caseFromRow } from './rows.ts';
import type { TextIndex } from './textIndex.ts';

/** How long a machine keeps what the centre has, days (domain.md §7.4). */
export interface RetentionPeriods extends HallPeriods {
  endedCases: number;
  openCases: number;
}

export interface RetentionResult extends HallRemoved {
  endedCases: number;
  openCases: number;
  drafts: number;
}

const DAY_MS = 24 * 60 * 60_000;
/** Cases looked at, and ops gone through, in one transaction: a clerk who works at night waits for no more than one. */
const BATCH = 500;
const OP_BATCH = 20_000;

interface CaseRow {
  ref: number;
  id: Uint8Array;
  progress: string;
  body: string;
}

/**
 * Removes the local copy of cases, and of what the queue knows of people, that the centre has: their content goes out of
 * the log, their projections and indexes go whole. Each op keeps its place, its hashes and its actor, so the chain still verifies and the audit log is complete.
 */
export class Retention {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;
  readonly #textIndex: TextIndex;
  readonly #hall: HallRetention;

  constructor(db: Database.Database, ledger: Ledger, textIndex: TextIndex) {
    this.#db = db;
    this.#ledger = ledger;
    this.#textIndex = textIndex;
    this.#hall = new HallRetention(db, ledger);
  }

  /**
   * @param acked own ops of this epoch up to here are at the centre, and all of epochs before: nothing beyond is touched
   * @param now milliseconds since 1970
   * @param breathe awaited between batches
   */
  async run(
    periods: RetentionPeriods,
    acked: number,
    now: number,
    breathe: () => Promise<void>,
  ): Promise<RetentionResult> {
    const drafts = this.#removeDrafts(periods.drafts, now);
    const hall = await this.#hall.run(periods, acked, now, breathe);
    const result: RetentionResult = { endedCases: 0, openCases: 0, drafts, ...hall };
    this.#textIndex.catchUp();
    for (let after = 0; ; ) {
      const rows = this.#readBatch(after, acked);
      const last = rows.at(-1);
      if (!last) break;
      after = last.ref;
      this.#ledger.transact(() => {
        for (const row of rows) {
          const record = caseFromRow(row, row.body);
          const isEnded = ENDED_STATES.includes(record.state);
          const days = isEnded ? periods.endedCases : periods.openCases;
          if (now - Date.parse(lastChange(record)) <= days * DAY_MS) continue;
          this.#removeCase(row, record, now);
          result[isEnded ? 'endedCases' : 'openCases'] += 1;
        }
      });
      await breathe();
    }
    const { drafts: _local, ...inLog } = result;
    if (Object.values(inLog).some((removed) => removed > 0)) await this.#emptyBodies(breathe);
    return result;
  }

  /**
   * Cases of which nothing waits here, no slip and no note of theirs either, and nothing was set aside. Images scanned here keep their case with them until the
   * centre has them. The newest row stays: its number must not be given
   * again, for the text index goes by it.
   */
  #readBatch(after: number, acked: number): CaseRow[] {
    return this.#db
      .prepare(`
        SELECT ref, id, progress, body FROM case_file JOIN op ON op.ord = op_ord
        WHERE ref > @after AND ref < (SELECT max(ref) FROM case_file)
          AND NOT (own_epoch = @epoch AND own_seq > @acked)
          AND NOT EXISTS (
            SELECT 1 FROM op AS late
            WHERE late.device = @device AND late.epoch = @epoch AND late.seq > @acked AND (
              EXISTS (SELECT 1 FROM case_slip WHERE case_slip.id = late.stream_id AND case_slip.case_id = case_file.id)
              OR EXISTS (SELECT 1 FROM case_note WHERE case_note.id = late.stream_id AND case_note.case_id = case_file.id)))
          AND NOT EXISTS (SELECT 1 FROM op_result WHERE stream_id = case_file.id AND (outcome <> 'rejected' OR ${IS_UNSETTLED}))
          AND NOT EXISTS (SELECT 1 FROM returned WHERE case_id = case_file.id AND state = 'open')
          AND NOT EXISTS (
            SELECT 1 FROM scan WHERE case_id = case_file.id AND own = 1 AND removed = ''
              AND sha256 NOT IN (SELECT sha256 FROM image_at_centre))
          AND NOT EXISTS (
            SELECT 1 FROM print_job WHERE case_id = case_file.id AND state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN'))
        ORDER BY ref LIMIT ${BATCH}`)
      .all({ after, acked, epoch: this.#ledger.epoch, device: uuidToBlob(this.#ledger.device) }) as CaseRow[];
  }

  #removeCase({ ref, id }: CaseRow, record: CaseRecord, now: number): void {
    const removeKey = this.#db.prepare('DELETE FROM case_key WHERE key = ? AND case_ref = ?');
    for (const key of [...acceptanceKeys(record), ...certificateKeys(record)]) removeKey.run(key, ref);
    this.#textIndex.remove(ref, record.acceptance);
    const facts = this.#db
      .prepare(
        ['case_note', 'case_slip', 'scan', 'payment', 'print_job', 'returned']
          .map((table) => `SELECT id FROM ${table} WHERE case_id = @id`)
          .join(' UNION ALL '),
      )
      .all({ id }) as { id: Uint8Array }[];
    const mark = this.#db.prepare('INSERT INTO pruned_stream (stream_id, at) VALUES (?, ?)');
    for (const streamId of [id, ...facts.map((fact) => fact.id)]) mark.run(streamId, new Date(now).toISOString());
    this.#db.prepare('DELETE FROM case_note WHERE case_id = ?').run(id);
    this.#db.prepare('DELETE FROM case_slip WHERE case_id = ?').run(id);
    // The packs and their book stay: they are the stock book.
    this.#db.prepare('DELETE FROM blank_use WHERE case_id = ?').run(id);
    this.#db.prepare('DELETE FROM scan WHERE case_id = ?').run(id);
    this.#db.prepare('DELETE FROM payment WHERE case_id = ?').run(id);
    this.#db.prepare('DELETE FROM returned WHERE case_id = ?').run(id);
    // Its sheets stay taken: fed_sheet is never emptied.
    this.#db.prepare('DELETE FROM print_job WHERE case_id = ?').run(id);
    this.#db.prepare("DELETE FROM hall_record WHERE kind = 'prereview' AND id = ?").run(id);
    this.#db.prepare('DELETE FROM case_file WHERE ref = ?').run(ref);
  }

  /** One pass over the log for all of them: no index leads from a stream to its ops. */
  async #emptyBodies(breathe: () => Promise<void>): Promise<void> {
    const { last } = this.#db.prepare('SELECT coalesce(max(ord), 0) AS last FROM op').get() as { last: number };
    const empty = this.#db.prepare(`
      UPDATE op SET body = '{}'
      WHERE ord > ? AND ord <= ? AND body <> '{}' AND stream_id IN (SELECT stream_id FROM pruned_stream)`);
    for (let from = 0; from < last; from += OP_BATCH) {
      empty.run(from, from + OP_BATCH);
      await breathe();
    }
  }

  #removeDrafts(days: number, now: number): number {
    const before = new Date(now - days * DAY_MS).toISOString();
    return this.#db.prepare('DELETE FROM draft WHERE saved_at < ?').run(before).changes;
  }
}

function lastChange(record: CaseRecord): string {
  return record.history.at(-1)?.at ?? record.acceptedAt;
}
