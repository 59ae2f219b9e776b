import type { Migration } from './types.ts';

/** How the queue desk finds the tickets, leases and appointments of a day, and who may speak for a booking system. */
export const hall: Migration = {
  number: 220,
  sql: `
    -- Unique: whatever a program does wrong, no number is given twice on a day.
    CREATE UNIQUE INDEX projection_ticket_number
      ON projection (hall, json_extract(record, '$.day'), json_extract(record, '$.number')) WHERE type = 'ticket';
    CREATE INDEX projection_ticket_open ON projection (stream)
      WHERE type = 'ticket' AND json_extract(record, '$.state') IN ('WAITING', 'CALLED');
    CREATE INDEX projection_lease_day ON projection (hall, json_extract(record, '$.day')) WHERE type = 'lease';
    CREATE INDEX projection_window ON projection (hall) WHERE type = 'window';
    CREATE INDEX projection_plan ON projection (hall) WHERE type = 'plan';
    CREATE INDEX projection_issue ON projection (hall) WHERE type = 'issue';
    CREATE UNIQUE INDEX projection_appointment_code ON projection (hall, json_extract(record, '$.code'))
      WHERE type = 'appointment';
    CREATE INDEX projection_appointment_booked ON projection (stream)
      WHERE type = 'appointment' AND json_extract(record, '$.state') = 'booked';

    -- Which appointments somebody made: by a hash of the telephone, which stays when the record is blanked.
    CREATE TABLE appointment_phone (
      hall   TEXT NOT NULL,
      phone  BLOB NOT NULL CHECK (length(phone) = 32),
      stream TEXT NOT NULL,
      PRIMARY KEY (hall, phone, stream)
    ) STRICT, WITHOUT ROWID;

    -- Keys of booking systems; a new one ends those before it.
    CREATE TABLE booking_key (
      key_hash   BLOB    NOT NULL PRIMARY KEY CHECK (length(key_hash) = 32),
      hall       TEXT    NOT NULL,
      created_at INTEGER NOT NULL,
      ended_at   INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX booking_key_hall ON booking_key (hall) WHERE ended_at IS NULL;
  `,
};
