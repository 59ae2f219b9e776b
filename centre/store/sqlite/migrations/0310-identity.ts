import type { Migration } from './types.ts';

/** Keys of devices, what they signed, and where a receipt of ours was for more than is here (docs/adr/0045). */
export const identity: Migration = {
  number: 310,
  sql: `
    -- By which these data sign; the private part lies in a file beside them.
    CREATE TABLE own_key (
      only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
      public_key TEXT    NOT NULL
    ) STRICT;

    -- Every key a device ever had; that of the highest id is in force.
    CREATE TABLE device_key (
      id         INTEGER PRIMARY KEY,
      device     BLOB    NOT NULL CHECK (length(device) = 16),
      public_key TEXT,             -- NULL: enrolled anew by a program that does not sign
      from_epoch INTEGER NOT NULL,
      from_seq   INTEGER NOT NULL, -- up to here its ops may be without a signature
      since      INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX device_key_device ON device_key (device, id);

    -- The centre keeps the newest of each chain, a hub all that it may have to forward.
    CREATE TABLE signed_head (
      device     BLOB    NOT NULL CHECK (length(device) = 16),
      epoch      INTEGER NOT NULL,
      seq        INTEGER NOT NULL,
      hash       BLOB    NOT NULL CHECK (length(hash) = 32),
      signature  BLOB    NOT NULL CHECK (length(signature) = 64),
      public_key TEXT    NOT NULL,
      PRIMARY KEY (device, epoch, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE contradicted_receipt (
      device  BLOB    NOT NULL CHECK (length(device) = 16),
      epoch   INTEGER NOT NULL,
      acked   INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (device, epoch)
    ) STRICT, WITHOUT ROWID;
  `,
};
