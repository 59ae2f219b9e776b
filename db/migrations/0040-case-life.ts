import type { Migration } from './types.ts';

/** What a case is on its way after acceptance: who has work with it, and the facts beside it. */
export const caseLife: Migration = {
  version: 40,
  name: 'life of a case',
  up(db) {
    db.exec(`
      -- Work lists look at cases under way only; a whole index would be a page more in every save for ever.
      CREATE INDEX case_under_way ON case_file (state) WHERE state <> 'ARCHIVED';

      CREATE TABLE case_slip (
        id           BLOB PRIMARY KEY,
        case_id      BLOB NOT NULL,
        slip         TEXT NOT NULL,
        print        INTEGER NOT NULL,
        at           TEXT NOT NULL,
        printed_by   TEXT NOT NULL,
        confirmation TEXT NOT NULL
      ) STRICT;
      CREATE INDEX case_slip_case ON case_slip (case_id);

      CREATE TABLE case_note (
        id         BLOB PRIMARY KEY,
        case_id    BLOB NOT NULL,
        kind       TEXT NOT NULL,
        text       TEXT NOT NULL,
        at         TEXT NOT NULL,
        written_by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX case_note_case ON case_note (case_id);
    `);
  },
};
