import type { Migration } from './types.ts';

/** The journal of the certificate printer (domain/printJob), and where such printers stand. */
export const printJobs: Migration = {
  version: 140,
  name: 'print jobs',
  up(db) {
    db.exec(`
      CREATE TABLE print_job (
        id          BLOB PRIMARY KEY,
        version     INTEGER NOT NULL,
        device      BLOB NOT NULL,
        terminal    TEXT NOT NULL,
        case_id     BLOB NOT NULL,
        certificate TEXT NOT NULL,
        blank       TEXT NOT NULL,
        form        TEXT NOT NULL,
        layout      TEXT NOT NULL,
        calibration TEXT,
        sha256      BLOB NOT NULL,
        operator    TEXT NOT NULL,
        day         TEXT NOT NULL,
        state       TEXT NOT NULL CHECK (state IN
          ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN', 'CONFIRMED', 'SPOILED', 'DROPPED')),
        fed         INTEGER NOT NULL CHECK (fed IN (0, 1)),
        -- With times, history and content.
        record      TEXT NOT NULL
      ) STRICT;
      -- Whatever a program does: a sheet is fed once, and a number is on one sheet of this machine at a time.
      CREATE UNIQUE INDEX print_job_sheet ON print_job (blank) WHERE fed = 1;
      CREATE UNIQUE INDEX print_job_live ON print_job (certificate, device) WHERE state NOT IN ('SPOILED', 'DROPPED');
      CREATE INDEX print_job_blank ON print_job (blank);
      CREATE INDEX print_job_certificate ON print_job (certificate);
      CREATE INDEX print_job_case ON print_job (case_id);
      CREATE INDEX print_job_day ON print_job (day);
      CREATE INDEX print_job_open ON print_job (state) WHERE state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN');

      -- Every sheet that ever went under this machine's printer. No projection and never removed: a case may be forgotten
      -- here (pruned_stream), its sheet may not.
      CREATE TABLE fed_sheet (
        blank TEXT PRIMARY KEY,
        job   BLOB NOT NULL,
        at    TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE certificate_printer (
        id       BLOB PRIMARY KEY,
        version  INTEGER NOT NULL,
        terminal TEXT NOT NULL,
        driver   TEXT NOT NULL,
        present  INTEGER NOT NULL CHECK (present IN (0, 1)),
        at       TEXT NOT NULL
      ) STRICT;

      -- 'printer': bound for a printer with a journal; null: by hand.
      ALTER TABLE blank_movement ADD COLUMN through TEXT;
    `);
  },
};
