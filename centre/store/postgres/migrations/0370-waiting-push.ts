import type { Migration } from './types.ts';

/** As SQLite's migration 370. */
export const waitingPush: Migration = {
  number: 370,
  statements: [
    `CREATE TABLE waiting_push (
      device      bytea  NOT NULL CHECK (length(device) = 16),
      epoch       bigint NOT NULL,
      first       bigint NOT NULL,
      last        bigint NOT NULL CHECK (last >= first),
      hash        bytea  NOT NULL CHECK (length(hash) = 32),
      hall        text   COLLATE "C" NOT NULL,
      terminal    text   COLLATE "C",
      arrival     bigint NOT NULL,
      received_at bigint NOT NULL,
      signature   text   COLLATE "C",
      public_key  text   COLLATE "C",
      text        bytea  NOT NULL,
      PRIMARY KEY (device, epoch, last)
    )`,
  ],
};
