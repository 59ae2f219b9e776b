import type { Migration } from './types.ts';

/**
 * Of a scope that a hub reads anew what was published here and has not been met again. `lone`: all of the scope has been read,
 * so the centre has lost it, and nobody has sent it again (docs/adr/0065).
 */
export const unmetRows: Migration = {
  number: 360,
  sql: `
    CREATE TABLE mirror_unmet (
      op    INTEGER NOT NULL PRIMARY KEY REFERENCES op (id),
      scope TEXT    NOT NULL,
      lone  INTEGER NOT NULL CHECK (lone IN (0, 1))
    ) STRICT;
  `,
};
