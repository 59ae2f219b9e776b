import type { Migration } from './types.ts';

/** The first tables (design.md §4, §5). UUIDs and hashes are BLOBs of 16 and 32 bytes, instants milliseconds UTC. */
export const ledger: Migration = {
  number: 10,
  sql: `
    CREATE TABLE centre (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      device   BLOB    NOT NULL CHECK (length(device) = 16),
      epoch    INTEGER NOT NULL CHECK (epoch >= 1)
    ) STRICT;

    CREATE TABLE device (
      id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
      token_hash  BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
      terminal    TEXT    NOT NULL,
      hall        TEXT    NOT NULL,
      enrolled_at INTEGER NOT NULL,
      revoked_at  INTEGER          -- NULL: in service
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE enrolment_code (
      code_hash  BLOB    NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
      terminal   TEXT    NOT NULL,
      hall       TEXT    NOT NULL,
      expires_at INTEGER NOT NULL,
      used_at    INTEGER,         -- NULL: not yet
      used_by    BLOB,
      CHECK ((used_at IS NULL) = (used_by IS NULL))
    ) STRICT, WITHOUT ROWID;

    -- Every op the centre has taken, in the order it took them.
    CREATE TABLE op (
      id          INTEGER PRIMARY KEY,
      op_id       BLOB    NOT NULL UNIQUE CHECK (length(op_id) = 16),
      device      BLOB    NOT NULL CHECK (length(device) = 16),
      epoch       INTEGER NOT NULL,
      seq         INTEGER NOT NULL,
      kind        TEXT    NOT NULL,
      stream      TEXT    NOT NULL,
      hall        TEXT    NOT NULL,
      hash        BLOB    NOT NULL CHECK (length(hash) = 32),
      received_at INTEGER NOT NULL,
      envelope    TEXT    NOT NULL,
      UNIQUE (device, epoch, seq)
    ) STRICT;
    CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'op is append-only'); END;
    CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'op is append-only'); END;

    CREATE TABLE op_result (
      op            INTEGER NOT NULL PRIMARY KEY REFERENCES op (id),
      outcome       TEXT    NOT NULL CHECK (outcome IN ('applied', 'parked', 'rejected')),
      code          TEXT    CHECK ((code IS NULL) = (outcome = 'applied')),
      parked_stream TEXT    CHECK ((parked_stream IS NOT NULL) = (outcome = 'parked'))
    ) STRICT;
    CREATE INDEX op_result_parked ON op_result (parked_stream) WHERE parked_stream IS NOT NULL;

    -- Where the chain of a device and epoch stands.
    CREATE TABLE device_head (
      device BLOB    NOT NULL CHECK (length(device) = 16),
      epoch  INTEGER NOT NULL,
      seq    INTEGER NOT NULL,
      hash   BLOB    NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (device, epoch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scope_head (
      id    INTEGER PRIMARY KEY,
      scope TEXT    NOT NULL UNIQUE,
      hall  TEXT    NOT NULL,
      head  INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE scope_row (
      scope INTEGER NOT NULL REFERENCES scope_head (id),
      pos   INTEGER NOT NULL,
      op    INTEGER NOT NULL REFERENCES op (id),
      PRIMARY KEY (scope, pos)
    ) STRICT, WITHOUT ROWID;

    -- The state of every stream: derived from the log, and rebuilt from it.
    CREATE TABLE projection (
      stream  TEXT    NOT NULL PRIMARY KEY,
      type    TEXT    NOT NULL,
      version INTEGER NOT NULL,
      hall    TEXT    NOT NULL,
      number  TEXT,               -- 受理编号 of a case, number on the badge of staff; NULL for what has none
      record  TEXT    NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX projection_case_number ON projection (number) WHERE type = 'case';
    CREATE UNIQUE INDEX projection_staff_number ON projection (hall, number) WHERE type = 'staff';
  `,
};
