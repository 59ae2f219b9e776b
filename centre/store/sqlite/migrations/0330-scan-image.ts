import type { Migration } from './types.ts';

/**
 * Which hall an image belongs to, in a table of its own: a third of the bytes of an index over the records, and nothing to
 * be read out of JSON for each page that is scanned (docs/adr/0049).
 */
export const scanImage: Migration = {
  number: 330,
  sql: `
    CREATE TABLE scan_image (
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      hall   TEXT NOT NULL,
      PRIMARY KEY (sha256, hall)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO scan_image (sha256, hall)
      SELECT DISTINCT unhex(json_extract(record, '$.blob.sha256')), hall FROM projection WHERE type = 'scan';
    DROP INDEX projection_image;
  `,
};
