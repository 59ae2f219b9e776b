import type { Migration } from './types.ts';

/**
 * With each pulled op it is asked whether one of ours on its stream was set aside and waits for it, and with each save how many of
 * ours were refused: without an index the whole log is read for that. Both hold what was set aside and nothing else, so no
 * save writes to them.
 */
export const setAside: Migration = {
  version: 350,
  name: 'set aside',
  up(db) {
    db.exec(`
      CREATE INDEX op_set_aside ON op (stream_id) WHERE applied = 0;
      CREATE INDEX op_result_rejected ON op_result (epoch, seq) WHERE outcome = 'rejected';
    `);
  },
};
