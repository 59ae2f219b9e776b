import type { Migration } from './types.ts';

/** Where to look for a blank, and what each drawer holds by the day: derived from the ops of packs, cases and counts. */
export const blanks: Migration = {
  number: 70,
  sql: `
    -- Packs never overlap, of whatever hall: a serial is found by the pack that begins nearest below it.
    CREATE TABLE blank_pack (
      prefix TEXT    NOT NULL,
      first  INTEGER NOT NULL,
      last   INTEGER NOT NULL CHECK (last >= first),
      stream TEXT    NOT NULL,
      PRIMARY KEY (prefix, first)
    ) STRICT, WITHOUT ROWID;

    -- What a day did to the clean blanks of one form in one window (place); closing is the sum up to the day.
    CREATE TABLE blank_day (
      hall   TEXT    NOT NULL,
      place  TEXT    NOT NULL,
      form   TEXT    NOT NULL,
      day    TEXT    NOT NULL,
      net    INTEGER NOT NULL,
      used   INTEGER NOT NULL,
      papers INTEGER NOT NULL,
      PRIMARY KEY (hall, place, form, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE blank_count (
      hall   TEXT NOT NULL,
      place  TEXT NOT NULL,
      form   TEXT NOT NULL,
      day    TEXT NOT NULL,
      stream TEXT NOT NULL,
      PRIMARY KEY (hall, place, form, day)
    ) STRICT, WITHOUT ROWID;
  `,
};
