import type { Migration } from './types.ts';

/** Tickets, and what else the hall says of itself: windows, plan, leases, pre-reviews, appointments, ratings. */
export const hall: Migration = {
  version: 220,
  name: 'hall',
  up(db) {
    db.exec(`
      CREATE TABLE ticket (
        id      BLOB PRIMARY KEY,
        day     TEXT NOT NULL,
        -- Several rows only when two dispensers contradicted each other.
        number  TEXT NOT NULL,
        state   TEXT NOT NULL,
        record  TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ticket_day ON ticket (day, number);

      CREATE TABLE hall_record (
        kind    TEXT NOT NULL,
        id      BLOB NOT NULL,
        -- What it is looked up by: terminal, code, device, state; '' where nothing is.
        key     TEXT NOT NULL,
        -- Local day it belongs to, ISO; '' where it belongs to none.
        day     TEXT NOT NULL,
        record  TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX hall_record_key ON hall_record (kind, key);
      CREATE INDEX hall_record_day ON hall_record (kind, day);
    `);
  },
};
