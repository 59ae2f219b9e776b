import type Database from 'better-sqlite3';
import type { CaseRecord } from '../domain/case/types.ts';
import { uuidToBlob } from './ids.ts';
import { phraseQuery } from './searchText.ts';

export interface FoundCase {
  record: CaseRecord;
  place: 'here' | 'centre' | 'rejected';
}

interface CaseRow {
  id: Uint8Array;
  record: string;
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

  constructor(db: Database.Database, device: string, epoch: number) {
    this.#db = db;
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

  /** Newest first. Finds by 受理编号 or identity number (prefix), unit number, name or address (any part). */
  search(text: string, limit: number): { rows: FoundCase[]; total: number } {
    const query = text.trim();
    const { where, bind } = query === '' ? { where: '', bind: {} } : this.#condition(query);
    const rows = this.#db
      .prepare(`${this.#select()} ${where} ORDER BY case_file.accepted_at DESC, case_file.ref DESC LIMIT @limit`)
      .all(this.#bind({ ...bind, limit })) as CaseRow[];
    const { total } = this.#db.prepare(`SELECT count(*) AS total FROM case_file ${where}`).get(bind) as {
      total: number;
    };
    return { rows: rows.map(toFound), total };
  }

  /** Highest number used today by a terminal, 0 for none. */
  lastNumber(terminal: string, day: string): number {
    const row = this.#db
      .prepare('SELECT last FROM number_sequence WHERE terminal = ? AND day = ?')
      .get(terminal, day) as { last: number } | undefined;
    return row?.last ?? 0;
  }

  /** Own cases whose ops are not all at the centre, and own cases that are. */
  countByPlace(): { waiting: number; atCentre: number } {
    const { waiting } = this.#db
      .prepare(`
        SELECT count(DISTINCT stream_id) AS waiting FROM op
        WHERE device = @device AND epoch = @epoch AND seq > ${ACKED} AND stream_kind = 'case'`)
      .get(this.#bind({})) as { waiting: number };
    const { total } = this.#db
      .prepare(`SELECT count(*) AS total FROM op WHERE device = @device AND kind = 'case.accepted'`)
      .get({ device: this.#device }) as { total: number };
    return { waiting, atCentre: total - waiting };
  }

  #condition(query: string): { where: string; bind: Record<string, unknown> } {
    const number = query.replace(/\s+/g, '').toUpperCase();
    if (/^\d{4,17}[\dX]?$/.test(number)) {
      return {
        where: `WHERE case_file.ref IN (
          SELECT ref FROM case_file WHERE number >= @from AND number < @to
          UNION SELECT case_ref FROM case_party WHERE id_number >= @from AND id_number < @to)`,
        bind: { from: number, to: `${number}\u{10ffff}` },
      };
    }
    if (/^\d{12}[A-Z]{2}/.test(number)) {
      return {
        where: 'WHERE case_file.unit_number >= @from AND case_file.unit_number < @to',
        bind: { from: number, to: `${number}\u{10ffff}` },
      };
    }
    const phrase = phraseQuery(query);
    if (phrase === null) return { where: 'WHERE 0', bind: {} };
    return {
      where: 'WHERE case_file.ref IN (SELECT rowid FROM case_text WHERE case_text MATCH @phrase)',
      bind: { phrase },
    };
  }

  #select(): string {
    return `
      SELECT case_file.id, case_file.record,
        EXISTS (SELECT 1 FROM op WHERE op.stream_kind = 'case' AND op.stream_id = case_file.id
          AND op.device = @device AND op.epoch = @epoch AND op.seq > ${ACKED}) AS unsent,
        EXISTS (SELECT 1 FROM op JOIN op_result USING (op_id) WHERE op.stream_kind = 'case' AND op.stream_id = case_file.id
          AND op_result.outcome = 'rejected') AS rejected
      FROM case_file`;
  }

  #bind(extra: Record<string, unknown>): Record<string, unknown> {
    return { ...extra, device: this.#device, epoch: this.#epoch };
  }
}

const ACKED = 'coalesce((SELECT acked FROM push_state WHERE device = @device AND epoch = @epoch), 0)';

function toFound(row: CaseRow): FoundCase {
  const place = row.rejected ? 'rejected' : row.unsent ? 'here' : 'centre';
  return { record: JSON.parse(row.record) as CaseRecord, place };
}
