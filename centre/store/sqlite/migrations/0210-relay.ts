import type { Migration } from './types.ts';

/**
 * A centre in relay mode: the hub of a hall (docs/adr/0022). At the centre itself only the kinds of devices are used, and
 * the outcome `held` never.
 */
export const relay: Migration = {
  number: 210,
  sql: `
    ALTER TABLE device ADD COLUMN kind TEXT NOT NULL DEFAULT 'terminal' CHECK (kind IN ('terminal', 'relay'));
    ALTER TABLE enrolment_code ADD COLUMN kind TEXT NOT NULL DEFAULT 'terminal' CHECK (kind IN ('terminal', 'relay'));

    -- 1: came by a scope of the centre, not from its author; so its chain may have gaps here.
    ALTER TABLE op ADD COLUMN mirrored INTEGER NOT NULL DEFAULT 0 CHECK (mirrored IN (0, 1));

    CREATE TABLE op_result_new (
      op            INTEGER NOT NULL PRIMARY KEY REFERENCES op (id),
      outcome       TEXT    NOT NULL CHECK (outcome IN ('applied', 'parked', 'rejected', 'held')),
      code          TEXT    CHECK ((code IS NULL) = (outcome IN ('applied', 'held'))),
      parked_stream TEXT    CHECK ((parked_stream IS NOT NULL) = (outcome = 'parked'))
    ) STRICT;
    INSERT INTO op_result_new SELECT op, outcome, code, parked_stream FROM op_result;
    DROP TABLE op_result;
    ALTER TABLE op_result_new RENAME TO op_result;
    CREATE INDEX op_result_parked ON op_result (parked_stream) WHERE parked_stream IS NOT NULL;
    CREATE INDEX op_result_held ON op_result (op) WHERE outcome = 'held';

    -- The way to the centre. One row in the data of a hub, none in those of a centre.
    CREATE TABLE relay (
      only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
      upstream        TEXT    NOT NULL,
      hall            TEXT    NOT NULL,
      token           TEXT,             -- NULL: not yet enrolled
      upstream_device BLOB    CHECK (length(upstream_device) = 16)
    ) STRICT;

    -- Read so far of the centre's scopes.
    CREATE TABLE relay_cursor (
      scope TEXT    NOT NULL PRIMARY KEY,
      pos   INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Ops of which the centre has not said yet that it has them.
    CREATE TABLE to_forward (
      op INTEGER NOT NULL PRIMARY KEY REFERENCES op (id)
    ) STRICT;

    -- What the centre said of held ops that have not come back by a scope yet.
    CREATE TABLE centre_answer (
      op      INTEGER NOT NULL PRIMARY KEY REFERENCES op (id),
      outcome TEXT    NOT NULL CHECK (outcome IN ('applied', 'parked', 'refused')),
      code    TEXT
    ) STRICT;

    -- Up to here a chain went to the centre by another way, before this hub knew of the device.
    CREATE TABLE chain_base (
      device BLOB    NOT NULL CHECK (length(device) = 16),
      epoch  INTEGER NOT NULL,
      seq    INTEGER NOT NULL,
      hash   BLOB    NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (device, epoch)
    ) STRICT, WITHOUT ROWID;
  `,
};
