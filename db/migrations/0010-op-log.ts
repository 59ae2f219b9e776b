import type { Migration } from './types.ts';

/** The log from which everything else is derived, and where its delivery stands. */
export const opLog: Migration = {
  version: 10,
  name: 'op log',
  up(db) {
    db.exec(`
      CREATE TABLE meta (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- ord is the order of arrival here, own and pulled ops together; a rebuild follows it. Every index is one more
      -- page in each durable save, so there is one: the identity of an op is (device, epoch, seq).
      CREATE TABLE op (
        ord         INTEGER PRIMARY KEY,
        op_id       BLOB NOT NULL,
        device      BLOB NOT NULL,
        epoch       INTEGER NOT NULL,
        seq         INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        stream_kind TEXT NOT NULL,
        stream_id   BLOB NOT NULL,
        base_ver    INTEGER NOT NULL,
        actor       TEXT NOT NULL,
        at          TEXT NOT NULL,
        hlc         TEXT NOT NULL,
        body        TEXT NOT NULL,
        body_hash   BLOB NOT NULL,
        prev_hash   BLOB NOT NULL,
        hash        BLOB NOT NULL,
        -- 0: a pulled op that contradicts what is known here; kept, shown, not in the projections.
        applied     INTEGER NOT NULL CHECK (applied IN (0, 1)),
        UNIQUE (device, epoch, seq)
      ) STRICT;

      -- What the centre has of this device: every op up to acked is durable there.
      CREATE TABLE push_state (
        device BLOB NOT NULL,
        epoch  INTEGER NOT NULL,
        acked  INTEGER NOT NULL,
        head   TEXT NOT NULL,
        PRIMARY KEY (device, epoch)
      ) STRICT, WITHOUT ROWID;

      -- Own ops the centre did not simply apply.
      CREATE TABLE op_result (
        epoch     INTEGER NOT NULL,
        seq       INTEGER NOT NULL,
        stream_id BLOB NOT NULL,
        outcome   TEXT NOT NULL CHECK (outcome IN ('parked', 'rejected')),
        code      TEXT NOT NULL,
        at        TEXT NOT NULL,
        PRIMARY KEY (epoch, seq)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE pull_cursor (
        scope TEXT PRIMARY KEY,
        pos   INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
