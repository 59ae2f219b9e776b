import type { Migration } from './types.ts';

/** Custody of blank certificates (domain/blanks): what each pack knows, the book of movements, and the cases' own word. */
export const blanks: Migration = {
  version: 80,
  name: 'blanks',
  up(db) {
    db.exec(`
      CREATE TABLE blank_pack (
        id      BLOB PRIMARY KEY,
        version INTEGER NOT NULL,
        form    TEXT NOT NULL,
        record  TEXT NOT NULL
      ) STRICT;

      -- One row for each blank. place: STORE, a window, CASE, VOID, LOST or DESTROYED; drawer: the window that has it, or
      -- had it last.
      CREATE TABLE blank (
        serial      TEXT PRIMARY KEY,
        pack        BLOB NOT NULL,
        form        TEXT NOT NULL,
        state       TEXT NOT NULL,
        place       TEXT NOT NULL,
        drawer      TEXT,
        since       TEXT NOT NULL,
        case_id     BLOB,
        certificate TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX blank_place ON blank (place, form);

      -- The book: every line has the place it comes from and the one it goes to. ord: where its op stands in the log.
      CREATE TABLE blank_movement (
        pack        BLOB NOT NULL,
        version     INTEGER NOT NULL,
        ord         INTEGER NOT NULL,
        form        TEXT NOT NULL,
        kind        TEXT NOT NULL,
        first       TEXT NOT NULL,
        last        TEXT NOT NULL,
        count       INTEGER NOT NULL,
        from_place  TEXT NOT NULL,
        to_place    TEXT NOT NULL,
        day         TEXT NOT NULL,
        at          TEXT NOT NULL,
        moved_by    TEXT NOT NULL,
        witness     TEXT,
        reason      TEXT,
        note        TEXT NOT NULL,
        case_id     TEXT,
        certificate TEXT,
        PRIMARY KEY (pack, version)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX blank_movement_day ON blank_movement (day);

      -- What cases say of the blanks they used. The same serial twice is what must never be.
      CREATE TABLE blank_use (
        case_id     BLOB NOT NULL,
        use         INTEGER NOT NULL,
        serial      TEXT NOT NULL,
        certificate TEXT NOT NULL,
        state       TEXT NOT NULL,
        spoiled_on  TEXT,
        spoiled     TEXT,
        PRIMARY KEY (case_id, use)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX blank_use_serial ON blank_use (serial);
      CREATE INDEX blank_use_spoiled ON blank_use (spoiled_on) WHERE spoiled_on IS NOT NULL;

      CREATE TABLE blank_count (
        id      BLOB PRIMARY KEY,
        version INTEGER NOT NULL,
        drawer  TEXT NOT NULL,
        day     TEXT NOT NULL,
        form    TEXT NOT NULL,
        -- Of the newest closing.
        ord     INTEGER NOT NULL,
        open    INTEGER NOT NULL CHECK (open IN (0, 1)),
        record  TEXT NOT NULL
      ) STRICT;
      CREATE INDEX blank_count_day ON blank_count (day);
      -- A supervisor looks for what is still to be signed.
      CREATE INDEX blank_count_open ON blank_count (open) WHERE open = 1;
    `);
  },
};
