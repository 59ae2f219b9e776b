import type { Migration } from './types.ts';

/**
 * With each pulled op it is asked whether one of ours on its stream was set aside and waits for it: without an index every op of
 * the log is read for that. It holds what is set aside and nothing else, so no save writes to it.
 */
export const setAside: Migration = {
  version: 350,
  name: 'set aside',
  up(db) {
    db.exec('CREATE INDEX op_set_aside ON op (stream_id) WHERE applied = 0');
  },
};
