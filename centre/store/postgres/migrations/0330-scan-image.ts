import type { Migration } from './types.ts';

/** As SQLite's migration 330. */
export const scanImage: Migration = {
  number: 330,
  statements: [
    `CREATE TABLE scan_image (
      sha256 bytea NOT NULL CHECK (length(sha256) = 32),
      hall   text  COLLATE "C" NOT NULL,
      PRIMARY KEY (sha256, hall)
    )`,
    `INSERT INTO scan_image (sha256, hall)
      SELECT DISTINCT decode(json_extract(record, '$.blob.sha256'), 'hex'), hall FROM projection WHERE type = 'scan'`,
    'DROP INDEX projection_image',
  ],
};
