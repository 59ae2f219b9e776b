import type { Migration } from './types.ts';

/** What pages read; all of it can be rebuilt from the log. */
export const projections: Migration = {
  version: 20,
  name: 'projections',
  up(db) {
    db.exec(`
      CREATE TABLE case_file (
        ref         INTEGER PRIMARY KEY,
        id          BLOB NOT NULL UNIQUE,
        version     INTEGER NOT NULL,
        state       TEXT NOT NULL,
        number      TEXT NOT NULL UNIQUE,
        item_code   TEXT NOT NULL,
        accepted_at TEXT NOT NULL,
        window      TEXT NOT NULL,
        unit_number TEXT,
        record      TEXT NOT NULL
      ) STRICT;
      CREATE INDEX case_file_accepted_at ON case_file (accepted_at);
      CREATE INDEX case_file_unit_number ON case_file (unit_number) WHERE unit_number IS NOT NULL;

      CREATE TABLE case_party (
        case_ref  INTEGER NOT NULL REFERENCES case_file (ref),
        position  INTEGER NOT NULL,
        id_number TEXT NOT NULL,
        PRIMARY KEY (case_ref, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX case_party_id_number ON case_party (id_number);

      -- Names and addresses, one token for each Han character; rowid is case_file.ref.
      CREATE VIRTUAL TABLE case_text USING fts5 (
        names, location, content = '', contentless_delete = 1, tokenize = 'unicode61'
      );

      -- Last number used; consumed in the transaction that stores the case (domain.md §4.8).
      CREATE TABLE number_sequence (
        terminal TEXT NOT NULL,
        day      TEXT NOT NULL,
        last     INTEGER NOT NULL,
        PRIMARY KEY (terminal, day)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE staff (
        id            BLOB PRIMARY KEY,
        version       INTEGER NOT NULL,
        number        TEXT NOT NULL UNIQUE,
        name          TEXT NOT NULL,
        roles         TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        active        INTEGER NOT NULL CHECK (active IN (0, 1))
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE staff_session (
        id        BLOB PRIMARY KEY,
        version   INTEGER NOT NULL,
        staff     TEXT NOT NULL,
        terminal  TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        closed_at TEXT
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
