import type Database from 'better-sqlite3';
import type { ScanRecord } from '../domain/case/scan.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { Entity, SessionRecord, StaffRecord } from '../domain/ledger/reduce.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** The tables that are nothing but the log, reduced. */
export const PROJECTION_TABLES = ['case_key', 'case_file', 'scan', 'staff', 'staff_session'] as const;

/** Where an entity's newest op stands in the log, and its number when it is this device's own. */
export interface OpSource {
  ord: number;
  own: { epoch: number; seq: number } | null;
}

/** Writes the state of one stream into its tables and reads it back; knows nothing of ops. */
export class Projector {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #readBody: (ord: number) => string;

  /** @param log the database whose log is read; another one only when projections are rebuilt beside a file */
  constructor(db: Database.Database, log: Database.Database = db) {
    this.#statements = prepare(db);
    const body = log.prepare('SELECT body FROM op WHERE ord = ?').pluck();
    this.#readBody = (ord) => body.get(ord) as string;
  }

  read(streamKind: string, id: string): Entity | null {
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
    return null;
  }

  write(entity: Entity, source: OpSource): void {
    if (entity.type === 'case') this.#writeCase(entity.record, source);
    else if (entity.type === 'scan') this.#writeScan(entity.record, source);
    else if (entity.type === 'staff') this.#writeStaff(entity.record);
    else this.#writeSession(entity.record);
  }

  #writeCase(record: CaseRecord, { ord, own }: OpSource): void {
    const { acceptance, ...progress } = record;
    const id = uuidToBlob(record.id);
    const text = JSON.stringify(progress);
    if (record.version > 1) {
      this.#statements.updateCase.run(record.version, record.state, text, id);
      if (own) this.#statements.updateOwn.run(own.epoch, own.seq, id);
      return;
    }
    const { lastInsertRowid: ref } = this.#statements.insertCase.run(
      id,
      record.version,
      record.state,
      acceptance.number,
      ord,
      own?.epoch ?? 0,
      own?.seq ?? 0,
      text,
    );
    const keys = new Set(acceptance.parties.map((party) => party.idNumber));
    if (acceptance.property.unitNumber) keys.add(acceptance.property.unitNumber);
    for (const key of keys) this.#statements.insertKey.run(key, ref);
  }

  #writeScan(scan: ScanRecord, { own }: OpSource): void {
    const id = uuidToBlob(scan.id);
    const removed = scan.removed?.at ?? '';
    // In one order of keys, whether the op was just made or is read from the log.
    const text = canonicalJson(scan);
    if (scan.version > 1) {
      this.#statements.updateScan.run(scan.page, removed, text, id);
      return;
    }
    const sha256 = Buffer.from(scan.blob.sha256, 'hex');
    const caseId = uuidToBlob(scan.caseId);
    this.#statements.insertScan.run(id, caseId, scan.material, scan.page, sha256, own ? 1 : 0, removed, text);
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

function prepare(db: Database.Database) {
  return {
    readCase: db.prepare('SELECT op_ord, progress FROM case_file WHERE id = ?'),
    readStaff: db.prepare('SELECT * FROM staff WHERE id = ?'),
    readSession: db.prepare('SELECT * FROM staff_session WHERE id = ?'),
    insertCase: db.prepare(`
      INSERT INTO case_file (id, version, state, number, op_ord, own_epoch, own_seq, progress)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    updateCase: db.prepare('UPDATE case_file SET version = ?, state = ?, progress = ? WHERE id = ?'),
    updateOwn: db.prepare('UPDATE case_file SET own_epoch = ?, own_seq = ? WHERE id = ?'),
    insertKey: db.prepare('INSERT INTO case_key (key, case_ref) VALUES (?, ?)'),
    readScan: db.prepare('SELECT record FROM scan WHERE id = ?').pluck(),
    insertScan: db.prepare(`
      INSERT INTO scan (id, case_id, material, page, sha256, own, removed, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    updateScan: db.prepare('UPDATE scan SET page = ?, removed = ?, record = ? WHERE id = ?'),
    writeStaff: db.prepare(`
      INSERT INTO staff (id, version, number, name, roles, password_hash, active) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, number = excluded.number, name = excluded.name,
        roles = excluded.roles, password_hash = excluded.password_hash, active = excluded.active`),
    writeSession: db.prepare(`
      INSERT INTO staff_session (id, version, staff, terminal, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed_at = excluded.closed_at`),
  };
}

interface CaseRow {
  op_ord: number;
  progress: string;
}

/** @param body the acceptance, as the log holds it */
export function caseFromRow(row: { progress: string }, body: string): CaseRecord {
  return { ...JSON.parse(row.progress), acceptance: JSON.parse(body) } as CaseRecord;
}

export interface StaffRow {
  id: Uint8Array;
  version: number;
  number: string;
  name: string;
  roles: string;
  password_hash: string;
  active: number;
}

interface SessionRow {
  id: Uint8Array;
  version: number;
  staff: string;
  terminal: string;
  opened_at: string;
  closed_at: string | null;
}

export function staffFromRow(row: StaffRow): StaffRecord {
  return {
    id: blobToUuid(row.id),
    version: row.version,
    number: row.number,
    name: row.name,
    roles: JSON.parse(row.roles) as StaffRecord['roles'],
    passwordHash: row.password_hash,
    active: row.active === 1,
  };
}

function sessionFromRow(row: SessionRow): SessionRecord {
  return {
    id: blobToUuid(row.id),
    version: row.version,
    staff: row.staff,
    terminal: row.terminal,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
