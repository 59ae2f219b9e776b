import type { Migration } from './types.ts';

/** P5 (domain/outage): what stopped the promise's clock, for one case or for all of the hall. */
export const outages: Migration = {
  version: 150,
  name: 'outages',
  up(db) {
    // Few rows: a clock reads those that ended after the case was accepted. ends: ISO instant, or empty while it lasts.
    db.exec(`
      CREATE TABLE outage (
        id      BLOB PRIMARY KEY,
        case_id BLOB,
        ends    TEXT NOT NULL,
        record  TEXT NOT NULL
      ) STRICT;
    `);
  },
};
