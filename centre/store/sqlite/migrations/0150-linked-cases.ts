import type { Migration } from './types.ts';

/** The registrations that were accepted for a loan: it is paid out when one of them stands in the register. */
export const linkedCases: Migration = {
  number: 150,
  sql: `
    -- loan: id of the case that a registration was accepted for; stream: that registration.
    CREATE TABLE linked_case (
      loan   TEXT NOT NULL,
      stream TEXT NOT NULL,
      PRIMARY KEY (loan, stream)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO linked_case (loan, stream)
      SELECT json_extract(op.envelope, '$.body.link.caseId'), op.stream FROM projection
        JOIN op ON op.id = projection.source
        WHERE projection.type = 'case' AND json_extract(op.envelope, '$.body.link.caseId') IS NOT NULL;
  `,
};
