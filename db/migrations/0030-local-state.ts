import type { Migration } from './types.ts';

/** State of this machine that is no business record: never an op, never synced, not rebuilt. */
export const localState: Migration = {
  version: 30,
  name: 'local state',
  up(db) {
    db.exec(`
      CREATE TABLE draft (
        name     TEXT PRIMARY KEY,
        value    TEXT NOT NULL,
        saved_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE login_failure (
        number       TEXT PRIMARY KEY,
        failures     INTEGER NOT NULL,
        locked_until TEXT
      ) STRICT, WITHOUT ROWID;

      -- Who is signed in on which connection: a restarted service finds its clerk again, a restarted program does not.
      CREATE TABLE signed_in (
        connection TEXT PRIMARY KEY,
        session_id BLOB NOT NULL,
        staff      TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
