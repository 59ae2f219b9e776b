import type { Migration } from './types.ts';

/** As SQLite's migration 360. */
export const unmetRows: Migration = {
  number: 360,
  statements: [
    `CREATE TABLE mirror_unmet (
      op    bigint NOT NULL PRIMARY KEY REFERENCES op (id),
      scope text   COLLATE "C" NOT NULL,
      lone  bigint NOT NULL CHECK (lone IN (0, 1))
    )`,
  ],
};
