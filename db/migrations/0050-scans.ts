import type { Migration } from './types.ts';

/** Scanned pages: what the log says of them, and those that wait for their case. Images are files (db/blobs.ts). */
export const scans: Migration = {
  version: 50,
  name: 'scans',
  up(db) {
    db.exec(`
      CREATE TABLE scan (
        id       BLOB PRIMARY KEY,
        case_id  BLOB NOT NULL,
        material TEXT NOT NULL,
        page     INTEGER NOT NULL,
        -- The image beside the database.
        sha256   BLOB NOT NULL,
        -- 1: scanned here, so the image is here until the centre has it.
        own      INTEGER NOT NULL CHECK (own IN (0, 1)),
        -- ISO instant; empty while the page is part of its case.
        removed  TEXT NOT NULL,
        record   TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX scan_case ON scan (case_id);
      CREATE INDEX scan_sha256 ON scan (sha256);

      -- Scanned, stored and not yet part of a case: no record, never synced. case_id is the command id of the acceptance
      -- to come, or a case.
      CREATE TABLE scan_held (
        id       BLOB PRIMARY KEY,
        case_id  BLOB NOT NULL,
        material TEXT NOT NULL,
        page     INTEGER NOT NULL,
        sha256   BLOB NOT NULL,
        blob     TEXT NOT NULL,
        source   TEXT NOT NULL,
        held_at  TEXT NOT NULL,
        held_by  TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
