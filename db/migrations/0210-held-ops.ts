import type { Migration } from './types.ts';

/** Own ops that the hub of the hall has and the centre has not answered yet: neither waiting here nor at the centre. */
export const heldOps: Migration = {
  version: 210,
  name: 'held ops',
  up(db) {
    db.exec(`
      CREATE TABLE op_result_new (
        epoch     INTEGER NOT NULL,
        seq       INTEGER NOT NULL,
        stream_id BLOB NOT NULL,
        outcome   TEXT NOT NULL CHECK (outcome IN ('parked', 'rejected', 'held')),
        code      TEXT NOT NULL,
        at        TEXT NOT NULL,
        PRIMARY KEY (epoch, seq)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO op_result_new SELECT epoch, seq, stream_id, outcome, code, at FROM op_result;
      DROP TABLE op_result;
      ALTER TABLE op_result_new RENAME TO op_result;
      CREATE INDEX op_result_held ON op_result (epoch, seq) WHERE outcome = 'held';
      CREATE INDEX op_result_stream ON op_result (stream_id, outcome);
    `);
  },
};
