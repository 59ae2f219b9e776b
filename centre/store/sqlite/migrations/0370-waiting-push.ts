import type { Migration } from './types.ts';

/** Pushes that were taken as they came and are judged later (docs/adr/0063): one row for each, with its text. */
export const waitingPush: Migration = {
  number: 370,
  sql: `
    CREATE TABLE waiting_push (
      device      BLOB    NOT NULL CHECK (length(device) = 16),
      epoch       INTEGER NOT NULL,
      first       INTEGER NOT NULL,
      last        INTEGER NOT NULL CHECK (last >= first),
      hash        BLOB    NOT NULL CHECK (length(hash) = 32),
      hall        TEXT    NOT NULL,
      terminal    TEXT,
      arrival     INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      signature   TEXT,
      public_key  TEXT,
      text        BLOB    NOT NULL,
      PRIMARY KEY (device, epoch, last)
    ) STRICT;
  `,
};
