import type Database from 'better-sqlite3';
import type { CaseRecord } from '../domain/case/types.ts';
import { uuidToBlob } from './ids.ts';
import { caseFromRow } from './project.ts';
import { phraseQuery } from './searchText.ts';
import type { TextIndex } from './textIndex.ts';

export interface FoundCase {
  record: CaseRecord;
  place: 'here' | 'centre' | 'rejected';
}

interface CaseRow {
  progress: string;
  body: string;
  unsent: number;
  rejected: number;
}

/**
 * Reads of cases. `place` says where the newest op of the case is: ops of other devices came from the centre and are
 * there; own ops are there once acknowledged.
 */
export class Cases {
  readonly #db: Database.Database;
  readonly #device: Buffer;
  readonly #epoch: number;
  readonly #textIndex: TextIndex;

  constructor(db: Database.Database, device: string, epoch: number, textIndex: TextIndex) {
    this.#db = db;
    this.#textIndex = textIndex;
    this.#device = uuidToBlob(device);
    this.#epoch = epoch;
  }

  /** @param key case id (UUID) or 受理编号 */
  find(key: string): FoundCase | null {
    const byId = /^[0-9a-f-]{36}$/.test(key);
    const row = this.#db
      .prepare(`${this.#select()} WHERE ${byId ? 'case_file.id' : 'case_file.number'} = @key`)
      .get(this.#bind({ key: byId ? uuidToBlob(key) : key })) as CaseRow | undefined;
    return row ? toFound(row) : null;
  }

  /** Newest here first: own cases as they are accepted, others as they arrive. Finds by 受理编号 or identity number (prefix), unit number, name or address (any part). */
  search(text: string, limit: number): { rows: FoundCase[]; total: number } {
    const query = text.trim();
    const { where, bind } = query === '' ? { where: '', bind: {} } : this.#condition(query);
    const rows = this.#db
      .prepare(`${this.#select()} ${where} ORDER BY case_file.ref DESC LIMIT @limit`)
      .all(this.#bind({ ...bind, limit })) as CaseRow[];
    const { total } = this.#db.prepare(`SELECT count(*) AS total FROM case_file ${where}`).get(bind) as {
      total: number;
    };
    return { rows: rows.map(toFound), total };
  }

  /** Highest sequence a terminal used that day, 0 for none (domain.md §4.8). */
  lastNumber(terminal: string, day: string): number {
    const prefix = day.replaceAll('-', '') + terminal;
    const row = this.#db
      .prepare('SELECT max(number) AS number FROM case_file WHERE number >= ? AND number <= ?')
      .get(`${prefix}0000`, `${prefix}9999`) as { number: string | null };
    return row.number === null ? 0 : Number(row.number.slice(10));
  }

  /** Own cases of which the centre lacks an op, and the cases this terminal accepted on `day` that are all there. */
  countByPlace(terminal: string, day: string): { waiting: number; atCentre: number } {
    const { waiting } = this.#db
      .prepare(`
        SELECT count(DISTINCT stream_id) AS waiting FROM op
        WHERE device = @device AND epoch = @epoch AND seq > ${ACKED} AND stream_kind = 'case'`)
      .get(this.#bind({})) as { waiting: number };
    const prefix = day.replaceAll('-', '') + terminal;
    const { atCentre } = this.#db
      .prepare(`
        SELECT count(*) AS atCentre FROM case_file
        WHERE number >= @from AND number <= @to AND NOT (own_epoch = @epoch AND own_seq > ${ACKED})`)
      .get(this.#bind({ from: `${prefix}0000`, to: `${prefix}9999` })) as { atCentre: number };
    return { waiting, atCentre };
  }

  #condition(query: string): { where: string; bind: Record<string, unknown> } {
    const key = query.replace(/\s+/g, '').toUpperCase();
    if (/^\d{4}[\dA-Z]*$/.test(key)) {
      return {
        where: `WHERE case_file.ref IN (
          SELECT ref FROM case_file WHERE number >= @from AND number < @to
          UNION SELECT case_ref FROM case_key WHERE key >= @from AND key < @to)`,
        bind: { from: key, to: `${key}\u{10ffff}` },
      };
    }
    const phrase = phraseQuery(query);
    if (phrase === null) return { where: 'WHERE 0', bind: {} };
    this.#textIndex.catchUp();
    return {
      where: 'WHERE case_file.ref IN (SELECT rowid FROM case_text WHERE case_text MATCH @phrase)',
      bind: { phrase },
    };
  }

  #select(): string {
    return `
      SELECT case_file.progress, op.body,
        case_file.own_epoch = @epoch AND case_file.own_seq > ${ACKED} AS unsent,
        EXISTS (SELECT 1 FROM op_result WHERE stream_id = case_file.id AND outcome = 'rejected') AS rejected
      FROM case_file JOIN op ON op.ord = case_file.op_ord`;
  }

  #bind(extra: Record<string, unknown>): Record<string, unknown> {
    return { ...extra, device: this.#device, epoch: this.#epoch };
  }
}

const ACKED = 'coalesce((SELECT acked FROM push_state WHERE device = @device AND epoch = @epoch), 0)';

function toFound(row: CaseRow): FoundCase {
  const place = row.rejected ? 'rejected' : row.unsent ? 'here' : 'centre';
  return { record: caseFromRow(row, row.body), place };
}
