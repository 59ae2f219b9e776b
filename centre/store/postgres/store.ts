import { storeOn } from '../sqlStore.ts';
import { type CentreStore, StoreBusyError } from '../types.ts';
import type { DatabaseAddress } from './address.ts';
import { leaveOldHome, noteHome } from './home.ts';
import { openPostgres } from './open.ts';

/**
 * The centre's store on a PostgreSQL server. Several processes may have it open, on several machines: every decision is
 * taken under one lock.
 * @throws StoreOpenError, MigrationError
 */
export function openPostgresStore(
  address: DatabaseAddress,
  busyTimeoutMs?: number,
  onWarning: (warning: string) => void = () => {},
): CentreStore {
  const { db, warnings } = openPostgres(address, busyTimeoutMs);
  for (const warning of warnings) onWarning(warning);
  // In seconds: above every epoch of a chain that grew by one at a time.
  leaveOldHome(db, Math.floor(Date.now() / 1000));
  const store = storeOn({
    db,
    // The database says so itself.
    asBusy: (error) => (error instanceof StoreBusyError ? error : null),
    close: () => db.close(),
  });
  noteHome(db);
  return store;
}
