import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/finding.ts';

/** What SQLite finds wrong with its own file. */
export function checkPages(db: Database.Database): Finding[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
    .map((detail): Finding => ({ code: 'integrity', detail }));
  const foreignKeys = (db.pragma('foreign_key_check') as { table: string }[]).map(
    (row): Finding => ({ code: 'foreign-key', detail: row.table }),
  );
  return [...integrity, ...foreignKeys];
}
