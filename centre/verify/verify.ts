import type { Finding } from '../../contract/finding.ts';
import { checkPages } from '../../disk/pages.ts';
import type { DatabaseAddress } from '../store/postgres/address.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { openToRead } from '../store/sqlite/open.ts';
import { checkChains } from './chains.ts';
import { checkProjections } from './projections.ts';
import { checkQueue } from './queue.ts';
import { checkScopes } from './scopes.ts';
import { verifyPostgres } from './server.ts';
import { checkSignatures } from './signatures.ts';
import { checkWaiting } from './waiting.ts';

/**
 * Checks the data of a centre without changing it: pages, the chain of every device, the places in every scope, that the
 * projections are what the log says, and that the queue gave and called everything once. A running centre may write meanwhile: one read transaction sees one moment.
 * @throws KeyFileError, StoreOpenError
 */
export function verifyCentre(dataDir: string, database?: DatabaseAddress): Finding[] {
  if (database) return verifyPostgres(database, checkContents);
  const db = openToRead(dataDir);
  try {
    return db.transaction(() => [...checkPages(db), ...checkContents(db)])();
  } finally {
    db.close();
  }
}

function checkContents(db: SqlDatabase): Finding[] {
  return [checkChains, checkWaiting, checkSignatures, checkScopes, checkProjections, checkQueue].flatMap((check) =>
    check(db),
  );
}
