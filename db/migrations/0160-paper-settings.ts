import type { Migration } from './types.ts';

/**
 * Where the printer of this machine puts what it is told, and the forms as this machine prints them. Both only ever grow:
 * a print job refers to a calibration and to a version of a form.
 */
export const paperSettings: Migration = {
  version: 160,
  name: 'paper settings',
  up(db) {
    db.exec(`
      -- The newest row of a printer, form and paper path is in force.
      CREATE TABLE calibration (
        ord      INTEGER PRIMARY KEY,
        id       BLOB NOT NULL UNIQUE,
        printer  TEXT NOT NULL,
        form     TEXT NOT NULL,
        path     TEXT NOT NULL,
        dx       REAL NOT NULL,
        dy       REAL NOT NULL,
        scale_x  REAL NOT NULL,
        scale_y  REAL NOT NULL,
        how      TEXT NOT NULL CHECK (how IN ('measured', 'adjusted', 'restored')),
        -- What was in force before; null: nothing.
        replaced BLOB,
        at       TEXT NOT NULL,
        actor    TEXT NOT NULL
      ) STRICT;
      CREATE INDEX calibration_newest ON calibration (printer, form, path, ord);

      CREATE TABLE print_form (
        ord     INTEGER PRIMARY KEY,
        form    TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        body    TEXT NOT NULL,
        at      TEXT NOT NULL,
        actor   TEXT NOT NULL,
        UNIQUE (form, version)
      ) STRICT;
    `);
  },
};
