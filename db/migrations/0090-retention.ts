import type { Migration } from './types.ts';

/** Cases whose local copy has been removed (domain.md §7.4): their ops keep place, hashes and who did what when. */
export const retention: Migration = {
  version: 90,
  name: 'retention',
  up(db) {
    db.exec(`
      CREATE TABLE pruned_stream (
        stream_id BLOB PRIMARY KEY,
        at        TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
