import type { Migration } from './types.ts';

/** What of a scope is given out as a snapshot only, and what no longer; and the digest of what a hub has read. */
export const scopeFloor: Migration = {
  number: 320,
  sql: `
    ALTER TABLE scope_head ADD COLUMN floor INTEGER NOT NULL DEFAULT 0 CHECK (floor >= 0);

    CREATE TABLE scope_left_out (
      scope INTEGER NOT NULL REFERENCES scope_head (id),
      pos   INTEGER NOT NULL,
      PRIMARY KEY (scope, pos)
    ) STRICT, WITHOUT ROWID;

    -- With the digest of everything read up to there. What was read without one is read anew, once.
    DROP TABLE relay_cursor;
    CREATE TABLE relay_cursor (
      scope  TEXT    NOT NULL PRIMARY KEY,
      pos    INTEGER NOT NULL,
      digest TEXT    NOT NULL CHECK (length(digest) = 64)
    ) STRICT, WITHOUT ROWID;

    -- Which file these data lie in; NULL: not yet noted. In another one they are a copy that was put in place.
    ALTER TABLE centre ADD COLUMN home TEXT;
  `,
};
