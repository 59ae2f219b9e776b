import type Database from 'better-sqlite3';
import type { SessionRecord, StaffRecord } from '../domain/ledger/reduce.ts';
import { uuidToBlob } from './ids.ts';
import { type SessionRow, type StaffRow, sessionFromRow, staffFromRow } from './rows.ts';

/** Who works in the hall, and who has signed in where. */
export class StaffProjection {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.#statements = prepare(db);
  }

  readStaff(id: string): StaffRecord | null {
    const row = this.#statements.readStaff.get(uuidToBlob(id)) as StaffRow | undefined;
    return row ? staffFromRow(row) : null;
  }

  readSession(id: string): SessionRecord | null {
    const row = this.#statements.readSession.get(uuidToBlob(id)) as SessionRow | undefined;
    return row ? sessionFromRow(row) : null;
  }

  writeStaff(staff: StaffRecord): void {
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

  writeSession(session: SessionRecord): void {
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
    readStaff: db.prepare('SELECT * FROM staff WHERE id = ?'),
    readSession: db.prepare('SELECT * FROM staff_session WHERE id = ?'),
    writeStaff: db.prepare(`
      INSERT INTO staff (id, version, number, name, roles, password_hash, active) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, number = excluded.number, name = excluded.name,
        roles = excluded.roles, password_hash = excluded.password_hash, active = excluded.active`),
    writeSession: db.prepare(`
      INSERT INTO staff_session (id, version, staff, terminal, opened_at, closed_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed_at = excluded.closed_at`),
  };
}
