import type { Migration } from './types.ts';

/** Images the centre has whole, or that came from it: what is not here has still to be sent. State of this machine. */
export const imagesSent: Migration = {
  version: 240,
  name: 'images sent',
  up(db) {
    db.exec(`
      CREATE TABLE image_at_centre (
        sha256 BLOB PRIMARY KEY,
        at     TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
