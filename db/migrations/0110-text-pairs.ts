import type { Migration } from './types.ts';

/** Names and addresses by pairs of characters too (db/searchText.ts). The index is filled anew from the cases. */
export const textPairs: Migration = {
  version: 110,
  name: 'text index with pairs',
  up(db) {
    db.exec(`
      DROP TABLE case_text;
      CREATE VIRTUAL TABLE case_text USING fts5 (
        names, location, pairs, content = '', columnsize = 0, tokenize = 'unicode61'
      );
      UPDATE case_text_state SET indexed_ref = 0;
    `);
  },
};
