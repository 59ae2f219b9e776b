import type Database from 'better-sqlite3';
import type { CaseRecord } from '../domain/case/types.ts';
import type { Entity, SessionRecord, StaffRecord } from '../domain/ledger/reduce.ts';
import { parseCaseNumber } from '../domain/numbers/caseNumber.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { tokenize } from './searchText.ts';

/** Tables a rebuild empties and refills, children first. */
export const PROJECTION_TABLES = [
  'case_party',
  'case_text',
  'case_file',
  'number_sequence',
  'staff',
  'staff_session',
] as const;

/** Writes the state of one stream into its tables and reads it back; knows nothing of ops. */
export class Projector {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.#statements = prepare(db);
  }

  read(streamKind: string, id: string): Entity | null {
    const key = uuidToBlob(id);
    if (streamKind === 'case') {
      const row = this.#statements.readCase.get(key) as { record: string } | undefined;
      return row ? { type: 'case', record: JSON.parse(row.record) as CaseRecord } : null;
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

  write(entity: Entity): void {
    if (entity.type === 'case') this.#writeCase(entity.record);
    else if (entity.type === 'staff') this.#writeStaff(entity.record);
    else this.#writeSession(entity.record);
  }

  #writeCase(record: CaseRecord): void {
    const { acceptance } = record;
    const id = uuidToBlob(record.id);
    if (record.version > 1) {
      this.#statements.updateCase.run(record.version, record.state, JSON.stringify(record), id);
      return;
    }
    const { lastInsertRowid: ref } = this.#statements.insertCase.run(
      id,
      record.version,
      record.state,
      acceptance.number,
      acceptance.itemCode,
      record.acceptedAt,
      acceptance.window,
      acceptance.property.unitNumber ?? null,
      JSON.stringify(record),
    );
    acceptance.parties.forEach((party, position) => {
      this.#statements.insertParty.run(ref, position, party.idNumber);
    });
    const names = acceptance.parties.map((party) => tokenize(party.name)).join(' | ');
    this.#statements.insertText.run(ref, names, tokenize(acceptance.property.location));
    const number = parseCaseNumber(acceptance.number);
    if (number) this.#statements.raiseSequence.run(number.terminal, number.day, number.sequence);
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
    readCase: db.prepare('SELECT record FROM case_file WHERE id = ?'),
    readStaff: db.prepare('SELECT * FROM staff WHERE id = ?'),
    readSession: db.prepare('SELECT * FROM staff_session WHERE id = ?'),
    insertCase: db.prepare(`
      INSERT INTO case_file (id, version, state, number, item_code, accepted_at, window, unit_number, record)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    updateCase: db.prepare('UPDATE case_file SET version = ?, state = ?, record = ? WHERE id = ?'),
    insertParty: db.prepare('INSERT INTO case_party (case_ref, position, id_number) VALUES (?, ?, ?)'),
    insertText: db.prepare('INSERT INTO case_text (rowid, names, location) VALUES (?, ?, ?)'),
    raiseSequence: db.prepare(`
      INSERT INTO number_sequence (terminal, day, last) VALUES (?, ?, ?)
      ON CONFLICT (terminal, day) DO UPDATE SET last = max(last, excluded.last)`),
    writeStaff: db.prepare(`
      INSERT INTO staff (id, version, number, name, roles, password_hash, active) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, number = excluded.number, name = excluded.name,
        roles = excluded.roles, password_hash = excluded.password_hash, active = excluded.active`),
    writeSession: db.prepare(`
      INSERT INTO staff_session (id, version, staff, terminal, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed_at = excluded.closed_at`),
  };
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
