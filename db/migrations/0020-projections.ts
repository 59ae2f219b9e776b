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
        -- The op whose body is the acceptance: personal data stands in the file once.
        op_ord      INTEGER NOT NULL,
        -- Newest op of ours on this case, 0 for none: the case is at the centre when that is acknowledged.
        own_epoch   INTEGER NOT NULL,
        own_seq     INTEGER NOT NULL,
        -- The rest of the record, as JSON.
        progress    TEXT NOT NULL
      ) STRICT;

      -- What a case is found by, whole or from its beginning: identity numbers, unit number.
      CREATE TABLE case_key (
        key      TEXT NOT NULL,
        case_ref INTEGER NOT NULL REFERENCES case_file (ref),
        PRIMARY KEY (key, case_ref)
      ) STRICT, WITHOUT ROWID;

      -- Names and addresses, one token for each Han character; rowid is case_file.ref. An index, filled behind the
      -- saves and always before a search (db/textIndex.ts).
      CREATE VIRTUAL TABLE case_text USING fts5 (
        names, location, content = '', columnsize = 0, tokenize = 'unicode61'
      );
      CREATE TABLE case_text_state (
        one         INTEGER PRIMARY KEY CHECK (one = 1),
        indexed_ref INTEGER NOT NULL
      ) STRICT;
      INSERT INTO case_text_state VALUES (1, 0);

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
