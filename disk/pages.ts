import type { Pragmas } from './walState.ts';

/** Something is wrong with a page, or a row refers to one that is not there. */
export interface PageFinding {
  code: 'integrity' | 'foreign-key';
  detail: string;
}

/** What SQLite finds wrong with an open file. Reads every page of it. */
export function checkPages(db: Pick<Pragmas, 'pragma'>): PageFinding[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
    .map((detail): PageFinding => ({ code: 'integrity', detail }));
  const foreignKeys = (db.pragma('foreign_key_check') as { table: string }[]).map(
    (row): PageFinding => ({ code: 'foreign-key', detail: row.table }),
  );
  return [...integrity, ...foreignKeys];
}
