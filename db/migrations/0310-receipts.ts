import type { Migration } from './types.ts';

/** What hubs and the centre promised, signed, and the keys by which that is checked (docs/adr/0045). State of this machine. */
export const receipts: Migration = {
  version: 310,
  name: 'receipts',
  up(db) {
    db.exec(`
      -- Remembered from the first answer on: another key under the same id is not believed.
      CREATE TABLE authority (
        device     BLOB PRIMARY KEY,
        public_key TEXT NOT NULL,
        since      TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The newest of each chain and giver.
      CREATE TABLE receipt (
        authority BLOB    NOT NULL,
        device    BLOB    NOT NULL,
        epoch     INTEGER NOT NULL,
        acked     INTEGER NOT NULL,
        head      TEXT    NOT NULL,
        at        TEXT    NOT NULL,
        signature TEXT    NOT NULL,
        PRIMARY KEY (authority, device, epoch)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
