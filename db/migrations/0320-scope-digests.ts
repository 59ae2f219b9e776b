import type { Migration } from './types.ts';

/**
 * A cursor with the digest of everything taken up to it (domain/ledger/scopeDigest.ts). What was taken without one is read
 * anew, once: known rows are passed over.
 */
export const scopeDigests: Migration = {
  version: 320,
  name: 'scope digests',
  up(db) {
    db.exec(`
      DROP TABLE pull_cursor;
      CREATE TABLE pull_cursor (
        scope  TEXT PRIMARY KEY,
        pos    INTEGER NOT NULL,
        digest TEXT NOT NULL CHECK (length(digest) = 64)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
