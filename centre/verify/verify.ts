import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/finding.ts';
import { openToRead } from '../store/sqlite/open.ts';
import { checkChains } from './chains.ts';
import { checkProjections } from './projections.ts';
import { checkQueue } from './queue.ts';
import { checkScopes } from './scopes.ts';
import { checkSignatures } from './signatures.ts';

/**
 * Checks the data of a centre without changing it: pages, the chain of every device, the places in every scope, that the
 * projections are what the log says, and that the queue gave and called everything once. A running centre may write meanwhile: one read transaction sees one moment.
 * @throws KeyFileError, StoreOpenError
 */
export function verifyCentre(dataDir: string): Finding[] {
  const db = openToRead(dataDir);
  try {
    return db.transaction(() => [
      ...checkPages(db),
      ...checkChains(db),
      ...checkSignatures(db),
      ...checkScopes(db),
      ...checkProjections(db),
      ...checkQueue(db),
    ])();
  } finally {
    db.close();
  }
}

function checkPages(db: Database.Database): Finding[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
    .map((detail): Finding => ({ code: 'integrity', detail }));
  const foreignKeys = (db.pragma('foreign_key_check') as { table: string }[]).map(
    (row): Finding => ({ code: 'foreign-key', detail: row.table }),
  );
  return [...integrity, ...foreignKeys];
}
