import type { Migration } from './types.ts';

/** Which hall an image belongs to is found by its hash. */
export const images: Migration = {
  number: 240,
  sql: `
    CREATE INDEX projection_image ON projection (json_extract(record, '$.blob.sha256'), hall) WHERE type = 'scan';
  `,
};
