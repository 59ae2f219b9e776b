import type { Migration } from './types.ts';

/** What the centre has to ask the payment channel about, and how it finds the payments of a case, a day, a receipt. */
export const payment: Migration = {
  number: 60,
  sql: `
    -- What the citizen scans. No fact and no op: it is worth nothing after a quarter of an hour.
    CREATE TABLE pay_code (
      payment BLOB NOT NULL PRIMARY KEY CHECK (length(payment) = 16),
      code    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX projection_open_payment ON projection (stream)
      WHERE type = 'payment' AND json_extract(record, '$.state') IN ('REQUESTED', 'REFUNDING');
    CREATE INDEX projection_payment_case ON projection (json_extract(record, '$.caseId'), stream)
      WHERE type = 'payment';
    CREATE INDEX projection_payment_paid ON projection (hall, json_extract(record, '$.paid.at'))
      WHERE type = 'payment';
    CREATE INDEX projection_payment_failed ON projection (hall, json_extract(record, '$.failure.at'))
      WHERE type = 'payment';
    CREATE INDEX projection_payment_refunded ON projection (hall, json_extract(record, '$.refund.at'))
      WHERE type = 'payment';
    CREATE INDEX projection_payment_receipt ON projection (hall, json_extract(record, '$.paid.receipt'))
      WHERE type = 'payment';
  `,
};
