import type Database from 'better-sqlite3';
import type { ScanRecord } from '../domain/case/scan.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { isHallStream } from '../domain/hall/reduceHall.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { Op } from '../domain/ledger/op.ts';
import {
  type Entity,
  type NoteRecord,
  type SessionRecord,
  type SlipRecord,
  type StaffRecord,
  slipBeside,
} from '../domain/ledger/reduce.ts';
import type { PaymentRecord } from '../domain/payment/types.ts';
import { BLANK_TABLES, BlankProjection } from './blankProjection.ts';
import { acceptanceKeys, certificateKeys } from './caseKeys.ts';
import { HALL_TABLES, HallProjection } from './hall/hallProjection.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { Outages } from './outages.ts';
import { PRINT_TABLES, PrintProjection } from './printProjection.ts';
import { Publications } from './publications.ts';
import { RETURNED_TABLES, Returned } from './returned.ts';
import {
  type CaseRow,
  caseFromRow,
  type NoteRow,
  noteFromRow,
  progressText,
  type SessionRow,
  type SlipRow,
  type StaffRow,
  sessionFromRow,
  slipFromRow,
  staffFromRow,
} from './rows.ts';

/** The tables that are nothing but the log, reduced. */
export const PROJECTION_TABLES = [
  ...['case_key', 'case_file', 'case_slip', 'case_note', 'scan', 'payment', 'outage', 'staff', 'staff_session'],
  ...['catalogue', 'calendar', 'calendar_year', 'calendar_override'],
  ...BLANK_TABLES,
  ...PRINT_TABLES,
  ...RETURNED_TABLES,
  ...HALL_TABLES,
] as const;

/** Beyond what any table of cases counts to. */
const NOWHERE = 2 ** 40;
/** Of a case that no op of this device is in. */
const NO_OWN = { epoch: 0, seq: 0 };

/** Where an entity's newest op stands in the log, and its number when it is this device's own. */
export interface OpSource {
  ord: number;
  own: { epoch: number; seq: number } | null;
}

/** Writes the state of one stream into its tables and reads it back. */
export class Projector {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #readBody: (ord: number) => string;
  /** Null: the next one. It says when a case came to count here, which is not always the order of the log. */
  readonly #refOf: (id: Uint8Array, ord: number) => number | null;
  readonly #publications: Publications;
  readonly #blanks: BlankProjection;
  readonly #prints: PrintProjection;
  readonly #outages: Outages;
  readonly #hall: HallProjection;
  readonly #returned: Returned;

  /** @param log the database whose log is read; another one only when projections are rebuilt beside a file */
  constructor(db: Database.Database, log: Database.Database = db) {
    this.#statements = prepare(db);
    const body = log.prepare('SELECT body FROM op WHERE ord = ?').pluck();
    this.#readBody = (ord) => body.get(ord) as string;
    const ref = log.prepare('SELECT ref FROM case_file WHERE id = ?').pluck();
    this.#refOf = (id, ord) => (log === db ? null : ((ref.get(id) as number | undefined) ?? NOWHERE + ord));
    this.#publications = new Publications(db, log);
    this.#blanks = new BlankProjection(db);
    this.#prints = new PrintProjection(db);
    this.#outages = new Outages(db);
    this.#hall = new HallProjection(db);
    this.#returned = new Returned(db);
  }

  read(streamKind: string, id: string): Entity | null {
    if (isHallStream(streamKind)) return this.#hall.read(streamKind, id);
    const key = uuidToBlob(id);
    if (streamKind === 'case') {
      const row = this.#statements.readCase.get(key) as CaseRow | undefined;
      return row ? { type: 'case', record: caseFromRow(row, this.#readBody(row.op_ord)) } : null;
    }
    if (streamKind === 'scan') {
      const text = this.#statements.readScan.get(key) as string | undefined;
      return text === undefined ? null : { type: 'scan', record: JSON.parse(text) as ScanRecord };
    }
    if (streamKind === 'staff') {
      const row = this.#statements.readStaff.get(key) as StaffRow | undefined;
      return row ? { type: 'staff', record: staffFromRow(row) } : null;
    }
    if (streamKind === 'session') {
      const row = this.#statements.readSession.get(key) as SessionRow | undefined;
      return row ? { type: 'session', record: sessionFromRow(row) } : null;
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
        this.#writeCase(entity.record, source);
        break;
      case 'scan':
        this.#writeScan(entity.record, source);
        break;
      case 'staff':
        this.#writeStaff(entity.record);
        break;
      case 'session':
        this.#writeSession(entity.record);
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
    if (entity?.type === 'case') this.#updateCase(entity.record, source.own ?? NO_OWN);
    else if (entity?.type === 'scan') this.#updateScan(entity.record);
    else if (entity) this.write(entity, source);
  }

  #writeCase(record: CaseRecord, { ord, own }: OpSource): void {
    if (record.version > 1) {
      this.#updateCase(record, own);
      return;
    }
    const { acceptance, ...progress } = record;
    const id = uuidToBlob(record.id);
    const text = progressText(progress);
    const { lastInsertRowid: ref } = this.#statements.insertCase.run(
      this.#refOf(id, ord),
      id,
      record.version,
      record.state,
      acceptance.number,
      ord,
      own?.epoch ?? 0,
      own?.seq ?? 0,
      text,
    );
    for (const key of acceptanceKeys(record)) this.#statements.insertKey.run(key, ref);
  }

  #updateCase(record: CaseRecord, own: OpSource['own']): void {
    const { acceptance: _inTheLog, ...progress } = record;
    const id = uuidToBlob(record.id);
    this.#statements.updateCase.run(record.version, record.state, progressText(progress), id);
    if (own) this.#statements.updateOwn.run(own.epoch, own.seq, id);
    this.#writeCertificateKeys(record, id);
    if (record.certificates.length > 0) this.#blanks.writeUses(record);
  }

  #writeScan(scan: ScanRecord, { own }: OpSource): void {
    if (scan.version > 1) {
      this.#updateScan(scan);
      return;
    }
    const id = uuidToBlob(scan.id);
    const sha256 = Buffer.from(scan.blob.sha256, 'hex');
    const caseId = uuidToBlob(scan.caseId);
    this.#statements.insertScan.run(id, caseId, scan.material, scan.page, sha256, own ? 1 : 0, ...contentOf(scan));
  }

  #updateScan(scan: ScanRecord): void {
    this.#statements.updateScan.run(scan.page, ...contentOf(scan), uuidToBlob(scan.id));
  }

  #writeCertificateKeys(record: CaseRecord, id: Buffer): void {
    for (const key of certificateKeys(record)) this.#statements.addKey.run(key, id);
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

  #writeStaff(staff: StaffRecord): void {
    this.#statements.writeStaff.run(
      uuidToBlob(staff.id),
      staff.version,
      staff.number,
      staff.name,
      JSON.stringify(staff.roles),
      staff.passwordHash,
      staff.active ? 1 : 0,
    );
  }

  #writeSession(session: SessionRecord): void {
    this.#statements.writeSession.run(
      uuidToBlob(session.id),
      session.version,
      session.staff,
      session.terminal,
      session.openedAt,
      session.closedAt,
    );
  }
}

/** When it was removed, and all of it: in one order of keys, whether the op was just made or is read from the log. */
function contentOf(scan: ScanRecord): [removed: string, text: string] {
  return [scan.removed?.at ?? '', canonicalJson(scan)];
}

function prepare(db: Database.Database) {
  return {
    readCase: db.prepare('SELECT op_ord, progress FROM case_file WHERE id = ?'),
    readStaff: db.prepare('SELECT * FROM staff WHERE id = ?'),
    readSession: db.prepare('SELECT * FROM staff_session WHERE id = ?'),
    insertCase: db.prepare(`
      INSERT INTO case_file (ref, id, version, state, number, op_ord, own_epoch, own_seq, progress)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    updateCase: db.prepare('UPDATE case_file SET version = ?, state = ?, progress = ? WHERE id = ?'),
    updateOwn: db.prepare('UPDATE case_file SET own_epoch = ?, own_seq = ? WHERE id = ?'),
    insertKey: db.prepare('INSERT INTO case_key (key, case_ref) VALUES (?, ?)'),
    readScan: db.prepare('SELECT record FROM scan WHERE id = ?').pluck(),
    insertScan: db.prepare(`
      INSERT INTO scan (id, case_id, material, page, sha256, own, removed, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    updateScan: db.prepare('UPDATE scan SET page = ?, removed = ?, record = ? WHERE id = ?'),
    addKey: db.prepare('INSERT OR IGNORE INTO case_key (key, case_ref) SELECT ?, ref FROM case_file WHERE id = ?'),
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
    writeStaff: db.prepare(`
      INSERT INTO staff (id, version, number, name, roles, password_hash, active) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, number = excluded.number, name = excluded.name,
        roles = excluded.roles, password_hash = excluded.password_hash, active = excluded.active`),
    writeSession: db.prepare(`
      INSERT INTO staff_session (id, version, staff, terminal, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed_at = excluded.closed_at`),
  };
}
