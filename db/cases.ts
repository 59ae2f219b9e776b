import type Database from 'better-sqlite3';
import { CASE_STATES, type CaseState } from '../domain/case/states.ts';
import type { CaseFile, CaseRecord } from '../domain/case/types.ts';
import type { NoteRecord } from '../domain/ledger/reduce.ts';
import { numberPrefix } from '../domain/numbers/caseNumber.ts';
import { pausesOfOutages } from '../domain/outage/pausesOf.ts';
import { hallDayOf } from '../domain/time/hallTime.ts';
import { CaseSearch } from './caseSearch.ts';
import { uuidToBlob } from './ids.ts';
import { readNumbersAfter } from './numbersAfter.ts';
import type { Outages } from './outages.ts';
import { ackedOf, OWN_EPOCHS, UNSENT_CASES } from './ownEpochs.ts';
import { IS_UNSETTLED } from './returned.ts';
import { caseFromRow, type NoteRow, noteFromRow, type SlipRow, slipFromRow } from './rows.ts';
import type { TextIndex } from './textIndex.ts';

export interface FoundCase {
  record: CaseFile;
  place: 'here' | 'hall' | 'centre' | 'rejected';
}

interface CaseRow {
  id: Uint8Array;
  progress: string;
  body: string;
  unsent: number;
  held: number;
  rejected: number;
}

/**
 * Reads of cases. `place` says where the newest op of the case is: ops of other devices came from the centre and are
 * there; own ops are there once acknowledged, and no longer held by the hub of the hall.
 */
export class Cases {
  readonly #db: Database.Database;
  readonly #device: Buffer;
  readonly #search: CaseSearch;
  readonly #outages: Outages;
  readonly #byId: Database.Statement;
  readonly #byNumber: Database.Statement;
  readonly #byRef: Database.Statement;
  readonly #linked: Database.Statement;
  readonly #slips: Database.Statement;
  readonly #notes: Database.Statement;
  readonly #countWaiting: Database.Statement;
  readonly #countAtHall: Database.Statement;
  readonly #countArrived: Database.Statement;

  constructor(db: Database.Database, device: string, textIndex: TextIndex, outages: Outages) {
    this.#db = db;
    this.#outages = outages;
    this.#search = new CaseSearch(db, textIndex);
    this.#byId = db.prepare(`${SELECT} WHERE case_file.id = @key`);
    this.#byNumber = db.prepare(`${SELECT} WHERE case_file.number = @key`);
    this.#byRef = db.prepare(`${SELECT} WHERE case_file.ref = @ref`);
    this.#linked = db.prepare(
      `${SELECT} WHERE case_file.number >= @from AND case_file.number < 'A' AND json_extract(op.body, '$.link.caseId') = @loan
        ORDER BY case_file.number`,
    );
    this.#slips = db.prepare('SELECT * FROM case_slip WHERE case_id = ? ORDER BY at, id');
    this.#notes = db.prepare('SELECT * FROM case_note WHERE case_id = ? ORDER BY at, id');
    this.#countWaiting = db.prepare(`
      WITH RECURSIVE ${OWN_EPOCHS} SELECT count(DISTINCT stream_id) AS waiting FROM (${UNSENT_CASES})`);
    this.#countAtHall = db.prepare(`
      WITH RECURSIVE ${OWN_EPOCHS} SELECT count(DISTINCT stream_id) AS atHall FROM op_result
      WHERE outcome = 'held' AND EXISTS (SELECT 1 FROM case_file WHERE case_file.id = op_result.stream_id)
        AND stream_id NOT IN (${UNSENT_CASES})`);
    this.#countArrived = db.prepare(`
      SELECT count(*) AS arrived FROM case_file
      WHERE number >= @from AND number <= @to AND NOT (own_epoch > 0 AND own_seq > ${ackedOf('own_epoch')})
        AND NOT EXISTS (SELECT 1 FROM op_result WHERE stream_id = case_file.id AND outcome = 'held')`);
    this.#device = uuidToBlob(device);
  }

  /** @param key case id (UUID) or 受理编号 */
  find(key: string): FoundCase | null {
    const byId = /^[0-9a-f-]{36}$/.test(key);
    const row = (byId ? this.#byId : this.#byNumber).get(this.#bind({ key: byId ? uuidToBlob(key) : key })) as
      | CaseRow
      | undefined;
    return row ? this.#toFound(row) : null;
  }

  /** 受理编号 of a case by its id; null when it is not known here. */
  numberOf(id: string): string | null {
    const number = this.#db.prepare('SELECT number FROM case_file WHERE id = ?').pluck().get(uuidToBlob(id));
    return (number as string | undefined) ?? null;
  }

  /**
   * Newest here first: own cases as they are accepted, others as they arrive. Finds by 受理编号 or identity number
   * (prefix), unit number, name or address (any part). `total` counts to 1,000.
   */
  search(text: string, limit: number): { rows: FoundCase[]; total: number } {
    const { refs, total } = this.#search.find(text, limit);
    return { rows: refs.map((ref) => this.#toFound(this.#byRef.get(this.#bind({ ref })) as CaseRow)), total };
  }

  /** Cases in one of these states, in order of arrival. Archived ones are not under way and not found. */
  underWay(states: readonly CaseState[]): FoundCase[] {
    const marks = states.map((_, index) => `@s${index}`).join(', ');
    const values = Object.fromEntries(states.map((state, index) => [`s${index}`, state]));
    const rows = this.#db
      .prepare(`${SELECT} WHERE case_file.state IN (${marks}) AND case_file.state <> 'ARCHIVED' ORDER BY case_file.ref`)
      .all(this.#bind(values)) as CaseRow[];
    return rows.map((row) => this.#toFound(row));
  }

  /**
   * Cases with this terminal in their number that are not archived, oldest first, and those archived that it accepted on
   * `day`.
   * @param terminal two digits
   */
  ofTerminal(terminal: string, day: string): FoundCase[] {
    const marks = UNDER_WAY.map((state) => `'${state}'`).join(', ');
    const archived = ACCEPTED_KINDS.map((_, index) => `case_file.number BETWEEN @from${index} AND @to${index}`);
    const ranges = ACCEPTED_KINDS.map((kind, index) => {
      const prefix = numberPrefix(day, terminal, kind);
      return { [`from${index}`]: `${prefix}0000`, [`to${index}`]: `${prefix}9999` };
    });
    const rows = this.#db
      .prepare(`
        ${SELECT} WHERE case_file.state IN (${marks}) AND case_file.state <> 'ARCHIVED'
          AND substr(case_file.number, -6, 2) = @terminal
        UNION ALL
        ${SELECT} WHERE (${archived.join(' OR ')}) AND case_file.state = 'ARCHIVED'`)
      .all(this.#bind(Object.assign({ terminal }, ...ranges))) as CaseRow[];
    return rows.map((row) => this.#toFound(row));
  }

  /**
   * Registrations accepted for this loan, oldest first. They came after it and carry its id; there is no index for them,
   * so the days since are read through: a loan takes three.
   */
  linkedTo(loan: CaseRecord): FoundCase[] {
    const range = { from: numberPrefix(hallDayOf(loan.acceptedAt), ''), loan: loan.id };
    const rows = this.#linked.all(this.#bind(range)) as CaseRow[];
    return rows.map((row) => this.#toFound(row));
  }

  /** Cases that went to the archive with this list and are kept here, in order of arrival. */
  inTransferList(list: string): FoundCase[] {
    const rows = this.#db
      .prepare(
        `${SELECT} WHERE case_file.state = 'ARCHIVED' AND case_file.progress ->> '$.archive.list' = @list ORDER BY case_file.ref`,
      )
      .all(this.#bind({ list })) as CaseRow[];
    return rows.map((row) => this.#toFound(row));
  }

  /** Remarks, reasons and looks at full numbers, oldest first. @param id of the case */
  notesOf(id: string): Omit<NoteRecord, 'id' | 'version' | 'caseId'>[] {
    const rows = this.#notes.all(uuidToBlob(id)) as NoteRow[];
    return rows.map((row) => {
      const { caseId: _known, ...note } = noteFromRow(row);
      return note;
    });
  }

  /** Cases accepted on these local calendar days, ISO, both included; one at a time, for there may be many. */
  *acceptedBetween(from: string, to: string): IterableIterator<CaseFile> {
    const select = this.#db.prepare(
      `${SELECT} WHERE case_file.number >= @from AND case_file.number <= @to ORDER BY case_file.number`,
    );
    for (const kind of ACCEPTED_KINDS) {
      const range = { from: numberPrefix(from, '', kind), to: `${numberPrefix(to, '', kind)}999999` };
      for (const row of select.all(this.#bind(range)) as CaseRow[]) yield this.#toFound(row).record;
    }
  }

  /**
   * @param prefix of kind, day and terminal.
   * @returns the highest sequence used, or below which none may be used since a restore; 0 for none (domain.md §4.8)
   */
  lastNumber(prefix: string): number {
    const row = this.#db
      .prepare('SELECT max(number) AS number FROM case_file WHERE number >= ? AND number <= ?')
      .get(`${prefix}0000`, `${prefix}9999`) as { number: string | null };
    const used = row.number === null ? 0 : Number(row.number.slice(prefix.length));
    return Math.max(used, readNumbersAfter(this.#db, prefix));
  }

  /**
   * Looked up among the day's own cases: a notice has the day and the terminal of its case in its number.
   * @param prefix of district, day and terminal: `B2204022026112307`
   * @returns the highest sequence of a refusal notice used, 0 for none (domain.md §4.8)
   */
  lastRefusalNumber(prefix: string, day: string, terminal: string): number {
    const select = this.#db.prepare(`
      SELECT max(progress ->> '$.refusal.number') AS number FROM case_file
      WHERE number >= @from AND number <= @to AND (progress ->> '$.refusal.number') BETWEEN @first AND @last`);
    const sequences = ACCEPTED_KINDS.map((kind) => {
      const own = numberPrefix(day, terminal, kind);
      const range = { from: `${own}0000`, to: `${own}9999`, first: `${prefix}0000`, last: `${prefix}9999` };
      const { number } = select.get(range) as { number: string | null };
      return number === null ? 0 : Number(number.slice(prefix.length));
    });
    return Math.max(...sequences);
  }

  /** Cases in which something went wrong on our side (domain.md §3.5), newest first. */
  withFaults(limit: number): FoundCase[] {
    const rows = this.#db
      .prepare(`
        ${SELECT} WHERE json_array_length(case_file.progress, '$.serviceFaults') > 0
        ORDER BY case_file.ref DESC LIMIT @limit`)
      .all(this.#bind({ limit })) as CaseRow[];
    return rows.map((row) => this.#toFound(row));
  }

  /**
   * Own cases of which an op is nowhere but here, other own cases of which one is no further than the hub of the hall, and the
   * cases this terminal accepted on `day` that are all at the centre.
   */
  countByPlace(terminal: string, day: string): { waiting: number; atHall: number; atCentre: number } {
    const { waiting } = this.#countWaiting.get(this.#bind({})) as { waiting: number };
    const { atHall } = this.#countAtHall.get(this.#bind({})) as { atHall: number };
    let atCentre = 0;
    for (const kind of ACCEPTED_KINDS) {
      const prefix = numberPrefix(day, terminal, kind);
      const range = this.#bind({ from: `${prefix}0000`, to: `${prefix}9999` });
      atCentre += (this.#countArrived.get(range) as { arrived: number }).arrived;
    }
    return { waiting, atHall, atCentre };
  }

  #toFound(row: CaseRow): FoundCase {
    const place = row.rejected ? 'rejected' : row.unsent ? 'here' : row.held ? 'hall' : 'centre';
    const slips = (this.#slips.all(row.id) as SlipRow[]).map(slipFromRow);
    const record = caseFromRow(row, row.body);
    const stopped = pausesOfOutages(record, this.#outages.touching(row.id, record.acceptedAt));
    return { record: { ...record, pauses: [...record.pauses, ...stopped], slips }, place };
  }

  #bind(extra: Record<string, unknown>): Record<string, unknown> {
    return { ...extra, device: this.#device };
  }
}

/** What cases are numbered by: registration and provident fund. */
const ACCEPTED_KINDS = ['', 'G'] as const;
const UNDER_WAY = CASE_STATES.filter((state) => state !== 'ARCHIVED');

const SELECT = `
  SELECT case_file.id, case_file.progress, op.body,
    case_file.own_epoch > 0 AND case_file.own_seq > ${ackedOf('case_file.own_epoch')} AS unsent,
    EXISTS (SELECT 1 FROM op_result WHERE stream_id = case_file.id AND outcome = 'held') AS held,
    EXISTS (SELECT 1 FROM op_result WHERE stream_id = case_file.id AND ${IS_UNSETTLED}) AS rejected
  FROM case_file JOIN op ON op.ord = case_file.op_ord`;
