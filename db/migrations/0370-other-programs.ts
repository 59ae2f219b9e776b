import type { Migration } from './types.ts';

/** What programs of another age wrote, and what of others' the centre does not have (docs/adr/0055). */
export const otherPrograms: Migration = {
  version: 370,
  name: 'other programs',
  up(db) {
    db.exec(`
      -- Ops of a newer program: kept, and gone over when this one has been updated (db/setAside.ts). Of what was set aside
      -- before nobody wrote down why, so all of it is looked at once.
      CREATE TABLE unread_op (
        ord INTEGER PRIMARY KEY
      ) STRICT;
      INSERT INTO unread_op (ord)
        SELECT ord FROM op
        WHERE applied = 0 AND lower(hex(device)) <> coalesce((SELECT replace(value, '-', '') FROM meta WHERE name = 'device'), '')
          AND stream_id NOT IN (SELECT stream_id FROM pruned_stream);

      -- A scope that is read anew: whether all of its past was given out, what was met again, and in the end what was not.
      CREATE TABLE reread (
        scope    TEXT PRIMARY KEY,
        is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))
      ) STRICT;
      CREATE TABLE reread_met (
        ord INTEGER PRIMARY KEY
      ) STRICT;
      CREATE TABLE lone_op (
        ord    INTEGER PRIMARY KEY,
        -- The centre has gone on in its stream: it does not count here any more.
        yields INTEGER NOT NULL CHECK (yields IN (0, 1))
      ) STRICT;

      -- Slips that the first program wrote into the streams of their cases (domain/ledger/upCast.ts).
      INSERT OR IGNORE INTO case_slip (id, case_id, slip, print, at, printed_by, confirmation)
        SELECT op_id, stream_id, body ->> '$.slip', body ->> '$.print', at, actor, body ->> '$.confirmation'
        FROM op
        WHERE kind = 'slip.printed' AND stream_kind = 'case' AND applied = 1
          AND stream_id NOT IN (SELECT stream_id FROM pruned_stream);
    `);
  },
};
