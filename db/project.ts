import type Database from 'better-sqlite3';
import { isHallStream } from '../domain/hall/reduceHall.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { Op } from '../domain/ledger/op.ts';
import { type Entity, type NoteRecord, type SlipRecord, slipBeside } from '../domain/ledger/reduce.ts';
import type { PaymentRecord } from '../domain/payment/types.ts';
import { BLANK_TABLES, BlankProjection } from './blankProjection.ts';
import { CaseProjection } from './caseProjection.ts';
import { HALL_TABLES, HallProjection } from './hall/hallProjection.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { OpSource } from './opSource.ts';
import { Outages } from './outages.ts';
import { PRINT_TABLES, PrintProjection } from './printProjection.ts';
import { Publications } from './publications.ts';
import { RETURNED_TABLES, Returned } from './returned.ts';
import { type NoteRow, noteFromRow, type SlipRow, slipFromRow } from './rows.ts';
import { StaffProjection } from './staffProjection.ts';

/** The tables that are nothing but the log, reduced. */
export const PROJECTION_TABLES = [
  ...['case_key', 'case_file', 'case_slip', 'case_note', 'scan', 'payment', 'outage', 'staff', 'staff_session'],
  ...['catalogue', 'calendar', 'calendar_year', 'calendar_override'],
  ...BLANK_TABLES,
  ...PRINT_TABLES,
  ...RETURNED_TABLES,
  ...HALL_TABLES,
] as const;

/** Writes the state of one stream into its tables and reads it back. */
export class Projector {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #publications: Publications;
  readonly #cases: CaseProjection;
  readonly #staff: StaffProjection;
  readonly #blanks: BlankProjection;
  readonly #prints: PrintProjection;
  readonly #outages: Outages;
  readonly #hall: HallProjection;
  readonly #returned: Returned;

  /** @param log the database whose log is read; another one only when projections are rebuilt beside a file */
  constructor(db: Database.Database, log: Database.Database = db) {
    this.#statements = prepare(db);
    this.#publications = new Publications(db, log);
    this.#blanks = new BlankProjection(db);
    this.#cases = new CaseProjection(db, log, this.#blanks);
    this.#staff = new StaffProjection(db);
    this.#prints = new PrintProjection(db);
    this.#outages = new Outages(db);
    this.#hall = new HallProjection(db);
    this.#returned = new Returned(db);
  }

  read(streamKind: string, id: string): Entity | null {
    if (isHallStream(streamKind)) return this.#hall.read(streamKind, id);
    const key = uuidToBlob(id);
    if (streamKind === 'case') {
      const record = this.#cases.readCase(id);
      return record ? { type: 'case', record } : null;
    }
    if (streamKind === 'scan') {
      const record = this.#cases.readScan(id);
      return record ? { type: 'scan', record } : null;
    }
    if (streamKind === 'staff') {
      const record = this.#staff.readStaff(id);
      return record ? { type: 'staff', record } : null;
    }
    if (streamKind === 'session') {
      const record = this.#staff.readSession(id);
      return record ? { type: 'session', record } : null;
    }
    if (streamKind === 'slip') {
      const row = this.#statements.readSlip.get(key) as (SlipRow & { id: Uint8Array; case_id: Uint8Array }) | undefined;
      if (!row) return null;
      const record = { ...slipFromRow(row), id, version: 1, caseId: blobToUuid(row.case_id) };
      return { type: 'slip', record };
    }
    if (streamKind === 'payment') {
      const row = this.#statements.readPayment.get(key) as { record: string } | undefined;
      return row ? { type: 'payment', record: JSON.parse(row.record) as PaymentRecord } : null;
    }
    if (streamKind === 'outage') {
      const record = this.#outages.find(id);
      return record ? { type: 'outage', record } : null;
    }
    if (streamKind === 'return') {
      const record = this.#returned.find(id);
      return record ? { type: 'return', record } : null;
    }
    if (streamKind === 'note') {
      const row = this.#statements.readNote.get(key) as NoteRow | undefined;
      return row ? { type: 'note', record: { ...noteFromRow(row), id, version: 1 } } : null;
    }
    if (streamKind === 'blanks') {
      const record = this.#blanks.readPack(id);
      return record ? { type: 'blanks', record } : null;
    }
    if (streamKind === 'count') {
      const record = this.#blanks.readCount(id);
      return record ? { type: 'count', record } : null;
    }
    if (streamKind === 'print') {
      const record = this.#prints.readJob(id);
      return record ? { type: 'print', record } : null;
    }
    if (streamKind === 'printer') {
      const record = this.#prints.readPrinter(id);
      return record ? { type: 'printer', record } : null;
    }
    if (streamKind === 'catalogue') {
      const record = this.#publications.readCatalogueRecord(id);
      return record ? { type: 'catalogue', record } : null;
    }
    if (streamKind === 'calendar') {
      const record = this.#publications.readCalendarRecord(id);
      return record ? { type: 'calendar', record } : null;
    }
    return null;
  }

  write(entity: Entity, source: OpSource): void {
    switch (entity.type) {
      case 'case':
        this.#cases.writeCase(entity.record, source);
        break;
      case 'scan':
        this.#cases.writeScan(entity.record, source);
        break;
      case 'staff':
        this.#staff.writeStaff(entity.record);
        break;
      case 'session':
        this.#staff.writeSession(entity.record);
        break;
      case 'slip':
        this.#writeSlip(entity.record);
        break;
      case 'note':
        this.#writeNote(entity.record);
        break;
      case 'payment':
        this.#writePayment(entity.record);
        break;
      case 'outage':
        this.#outages.write(entity.record);
        break;
      case 'return':
        this.#returned.write(entity.record);
        break;
      case 'catalogue':
        this.#publications.writeCatalogue(entity.record, source.ord);
        break;
      case 'calendar':
        this.#publications.writeCalendar(entity.record);
        break;
      case 'blanks':
        this.#blanks.writePack(entity.record, source.ord);
        break;
      case 'count':
        this.#blanks.writeCount(entity.record, source.ord);
        break;
      case 'print':
        this.#prints.writeJob(entity.record);
        break;
      case 'printer':
        this.#prints.writePrinter(entity.record);
        break;
      case 'mark':
        // The log itself is what is read of it.
        break;
      default:
        this.#hall.write(entity);
    }
  }

  /** What an op comes to: the state of its stream, and a slip that stands beside it. */
  writeEffect(op: Op, entity: Entity, source: OpSource): void {
    const slip = slipBeside(op);
    // An old slip need not count as a version of its case: then nothing of the case is new.
    if (slip === null || entity.record.version === op.base_ver + 1) this.write(entity, source);
    if (slip !== null) this.#writeSlip(slip);
  }

  /**
   * A stream was built anew without some of its ops. A case and a page keep their first.
   * @param entity null: nothing of it is left
   * @param source the newest own op that counts, and where the first op stands
   */
  rewrite(streamKind: string, id: string, entity: Entity | null, source: OpSource): void {
    if (isHallStream(streamKind)) this.#hall.remove(streamKind, id);
    if (streamKind === 'return') this.#returned.remove(id);
    if (entity?.type === 'case') this.#cases.rewriteCase(entity.record, source);
    else if (entity?.type === 'scan') this.#cases.rewriteScan(entity.record);
    else if (entity) this.write(entity, source);
  }

  #writeSlip(slip: SlipRecord): void {
    const { id, caseId, slip: kind, print, at, by, confirmation } = slip;
    this.#statements.writeSlip.run(uuidToBlob(id), uuidToBlob(caseId), kind, print, at, by, confirmation);
  }

  #writeNote({ id, caseId, kind, text, at, by }: NoteRecord): void {
    this.#statements.writeNote.run(uuidToBlob(id), uuidToBlob(caseId), kind, text, at, by);
  }

  #writePayment(record: PaymentRecord): void {
    const { id, caseId, version } = record;
    this.#statements.writePayment.run(uuidToBlob(id), uuidToBlob(caseId), version, canonicalJson(record));
  }
}

function prepare(db: Database.Database) {
  return {
    readSlip: db.prepare('SELECT * FROM case_slip WHERE id = ?'),
    writeSlip: db.prepare(`
      INSERT INTO case_slip (id, case_id, slip, print, at, printed_by, confirmation) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING`),
    readNote: db.prepare('SELECT * FROM case_note WHERE id = ?'),
    writeNote: db.prepare('INSERT INTO case_note (id, case_id, kind, text, at, written_by) VALUES (?, ?, ?, ?, ?, ?)'),
    readPayment: db.prepare('SELECT record FROM payment WHERE id = ?'),
    writePayment: db.prepare(`
      INSERT INTO payment (id, case_id, version, record) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, record = excluded.record`),
  };
}
