import type Database from 'better-sqlite3';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** Drafts, login failures and who is signed in: state of this machine, never synced. */
export class LocalState {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  saveDraft(name: string, value: unknown, at: string): void {
    if (value === null) {
      this.#db.prepare('DELETE FROM draft WHERE name = ?').run(name);
      return;
    }
    this.#db
      .prepare(`
        INSERT INTO draft (name, value, saved_at) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`)
      .run(name, JSON.stringify(value), at);
  }

  loadDraft(name: string): Record<string, unknown> | null {
    const row = this.#db.prepare('SELECT value FROM draft WHERE name = ?').get(name) as { value: string } | undefined;
    return row ? (JSON.parse(row.value) as Record<string, unknown>) : null;
  }

  loginFailures(number: string): { failures: number; lockedUntil: string | null } {
    const row = this.#db.prepare('SELECT failures, locked_until FROM login_failure WHERE number = ?').get(number) as
      | { failures: number; locked_until: string | null }
      | undefined;
    return { failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? null };
  }

  recordLoginFailure(number: string, failures: number, lockedUntil: string | null): void {
    this.#db
      .prepare(`
        INSERT INTO login_failure (number, failures, locked_until) VALUES (?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until`)
      .run(number, failures, lockedUntil);
  }

  clearLoginFailures(number: string): void {
    this.#db.prepare('DELETE FROM login_failure WHERE number = ?').run(number);
  }

  signIn(connection: string, sessionId: string, staff: string): void {
    this.#db
      .prepare(`
        INSERT INTO signed_in (connection, session_id, staff) VALUES (?, ?, ?)
        ON CONFLICT (connection) DO UPDATE SET session_id = excluded.session_id, staff = excluded.staff`)
      .run(connection, uuidToBlob(sessionId), staff);
  }

  signedIn(): { connection: string; sessionId: string; staff: string }[] {
    const rows = this.#db.prepare('SELECT connection, session_id, staff FROM signed_in').all() as {
      connection: string;
      session_id: Uint8Array;
      staff: string;
    }[];
    return rows.map((row) => ({ connection: row.connection, sessionId: blobToUuid(row.session_id), staff: row.staff }));
  }

  signOut(connection: string): void {
    this.#db.prepare('DELETE FROM signed_in WHERE connection = ?').run(connection);
  }
}
