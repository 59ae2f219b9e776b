import type { Migration } from './types.ts';

/** What the centre publishes to every hall: catalogues, each kept for the cases accepted under it, and the calendar. */
export const publications: Migration = {
  version: 60,
  name: 'publications',
  up(db) {
    db.exec(`
      CREATE TABLE catalogue (
        version        TEXT PRIMARY KEY,
        stream_version INTEGER NOT NULL UNIQUE,
        valid_from     TEXT NOT NULL,
        -- The op whose body it is.
        op_ord         INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- One row, once there is one: which publication the tables below hold.
      CREATE TABLE calendar (
        id             BLOB PRIMARY KEY,
        stream_version INTEGER NOT NULL,
        published_at   TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE calendar_year (
        year     INTEGER PRIMARY KEY,
        source   TEXT NOT NULL,
        verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
        -- MM-DD, in the order of the publication, a space between.
        off      TEXT NOT NULL,
        working  TEXT NOT NULL
      ) STRICT;

      CREATE TABLE calendar_override (
        day    TEXT PRIMARY KEY,
        kind   TEXT NOT NULL CHECK (kind IN ('working', 'off')),
        source TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
