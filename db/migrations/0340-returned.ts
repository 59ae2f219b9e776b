import type { Migration } from './types.ts';

/** 退回 (domain/returned): own ops and others' that the centre did not take, until a person has decided. */
export const returned: Migration = {
  version: 340,
  name: 'returned',
  up(db) {
    db.exec(`
      CREATE TABLE returned (
        id      BLOB PRIMARY KEY,
        device  BLOB NOT NULL,
        epoch   INTEGER NOT NULL,
        seq     INTEGER NOT NULL,
        case_id BLOB,
        state   TEXT NOT NULL CHECK (state IN ('open', 'settled')),
        record  TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX returned_op ON returned (device, epoch, seq);
      CREATE INDEX returned_open ON returned (state) WHERE state = 'open';
      CREATE INDEX returned_case ON returned (case_id) WHERE case_id IS NOT NULL;
    `);
  },
};
