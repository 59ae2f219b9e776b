import type { Migration } from './types.ts';

/** As in SQLite. */
export const identity: Migration = {
  number: 310,
  statements: [
    `CREATE TABLE own_key (
      only_row   bigint PRIMARY KEY CHECK (only_row = 1),
      public_key text   COLLATE "C" NOT NULL
    )`,
    `CREATE TABLE device_key (
      id         bigint PRIMARY KEY,
      device     bytea  NOT NULL CHECK (length(device) = 16),
      public_key text   COLLATE "C",
      from_epoch bigint NOT NULL,
      from_seq   bigint NOT NULL,
      since      bigint NOT NULL
    )`,
    'CREATE INDEX device_key_device ON device_key (device, id)',
    `CREATE TABLE signed_head (
      device     bytea  NOT NULL CHECK (length(device) = 16),
      epoch      bigint NOT NULL,
      seq        bigint NOT NULL,
      hash       bytea  NOT NULL CHECK (length(hash) = 32),
      signature  bytea  NOT NULL CHECK (length(signature) = 64),
      public_key text   COLLATE "C" NOT NULL,
      PRIMARY KEY (device, epoch, seq)
    )`,
    `CREATE TABLE contradicted_receipt (
      device  bytea  NOT NULL CHECK (length(device) = 16),
      epoch   bigint NOT NULL,
      acked   bigint NOT NULL,
      seen_at bigint NOT NULL,
      PRIMARY KEY (device, epoch)
    )`,
  ],
};
