import type { Migration } from './types.ts';

/** As in SQLite. */
export const scopeFloor: Migration = {
  number: 320,
  statements: [
    'ALTER TABLE scope_head ADD COLUMN floor bigint NOT NULL DEFAULT 0 CHECK (floor >= 0)',
    `CREATE TABLE scope_left_out (
      scope bigint NOT NULL REFERENCES scope_head (id),
      pos   bigint NOT NULL,
      PRIMARY KEY (scope, pos)
    )`,
    'DROP TABLE relay_cursor',
    `CREATE TABLE relay_cursor (
      scope  text   COLLATE "C" NOT NULL PRIMARY KEY,
      pos    bigint NOT NULL,
      digest text   COLLATE "C" NOT NULL CHECK (length(digest) = 64)
    )`,
    'ALTER TABLE centre ADD COLUMN home text COLLATE "C"',
  ],
};
