import type { Migration } from './types.ts';

/** Payments of cases, as the centre decided them. */
export const payment: Migration = {
  version: 70,
  name: 'payment',
  up(db) {
    db.exec(`
      CREATE TABLE payment (
        id      BLOB PRIMARY KEY,
        case_id BLOB NOT NULL,
        version INTEGER NOT NULL,
        record  TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX payment_case ON payment (case_id, id);
    `);
  },
};
