import type { Migration } from './types.ts';

/** What only the centre gives, each once: certificate numbers; and the cases it has to look at by the calendar. */
export const register: Migration = {
  number: 30,
  sql: `
    -- One row for each place, year and kind; the number given last (domain.md §4.6).
    CREATE TABLE certificate_sequence (
      series TEXT    NOT NULL PRIMARY KEY,
      last   INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- A certificate number belongs to one case for ever.
    CREATE TABLE certificate (
      number TEXT NOT NULL PRIMARY KEY,
      stream TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX projection_public_notice ON projection (stream)
      WHERE type = 'case' AND json_extract(record, '$.state') = 'NOTICE';
  `,
};
