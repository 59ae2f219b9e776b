import type { Migration } from './types.ts';

/** Of rows that are here alone those that the centre refused when they were sent again (docs/adr/0065). */
export const refusedLoneRows: Migration = {
  version: 390,
  name: 'refused lone rows',
  up(db) {
    db.exec('ALTER TABLE lone_op ADD COLUMN refused INTEGER CHECK (refused = 1)');
  },
};
