import type { Migration } from './types.ts';

/** Which of the two hubs of a hall decides (docs/adr/0022). No row: a centre that has no other beside it. */
export const hubRole: Migration = {
  number: 230,
  sql: `
    CREATE TABLE hub (
      only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
      role        TEXT    NOT NULL CHECK (role IN ('active', 'standby')),
      fence       INTEGER NOT NULL CHECK (fence >= 0),
      peer        TEXT,             -- address of the other one; NULL: not known
      peer_token  TEXT,             -- NULL: that for the centre serves
      peer_device BLOB    CHECK (length(peer_device) = 16),
      followed    INTEGER NOT NULL  -- read so far of the log of peer_device
    ) STRICT;
    CREATE INDEX device_hub ON device (hall) WHERE kind = 'relay';
    CREATE INDEX op_took_over ON op (kind) WHERE kind = 'hub.took-over';
  `,
};
