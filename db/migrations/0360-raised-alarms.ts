import type { Migration } from './types.ts';

/** Alarms of this machine that are so now: since when, and who has seen them, hold over a restart. Local, never synced. */
export const raisedAlarms: Migration = {
  version: 360,
  name: 'raised alarms',
  up(db) {
    db.exec(`
      CREATE TABLE raised_alarm (
        code     TEXT PRIMARY KEY,
        since    TEXT NOT NULL,
        detail   TEXT NOT NULL,
        known_by TEXT,
        known_at TEXT,
        CHECK ((known_by IS NULL) = (known_at IS NULL))
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
