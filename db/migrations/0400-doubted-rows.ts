import type { Migration } from './types.ts';

/** Rows of other machines of which something tells that the centre may not have them, until it has been asked (docs/adr/0071). */
export const doubtedRows: Migration = {
  version: 400,
  name: 'doubted rows',
  up(db) {
    db.exec('CREATE TABLE doubted_op (ord INTEGER PRIMARY KEY) STRICT');
  },
};
