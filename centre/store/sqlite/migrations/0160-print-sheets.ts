import type { Migration } from './types.ts';

/** The third side of the day's count: sheets bound for a certificate printer, and what its journal says of them. */
export const printSheets: Migration = {
  number: 160,
  sql: `
    ALTER TABLE blank_day ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE blank_day ADD COLUMN sheets INTEGER NOT NULL DEFAULT 0;
  `,
};
