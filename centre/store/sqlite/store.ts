import Database from 'better-sqlite3';
import { storeOn } from '../sqlStore.ts';
import { type CentreStore, StoreBusyError } from '../types.ts';
import { openDatabase } from './open.ts';

/** Codes with which SQLite says "not now" or "not on this disk": the same push may succeed later. */
const BUSY_CODES = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|NOMEM|READONLY)/;

/**
 * The centre's store in one encrypted SQLite file. Several processes may have it open: every decision is taken under
 * the write lock.
 * @throws KeyFileError, StoreOpenError, MigrationError
 */
export function openSqliteStore(dataDir: string, busyTimeoutMs?: number): CentreStore {
  const db = openDatabase(dataDir, busyTimeoutMs);
  return storeOn({
    db,
    asBusy: (error) =>
      error instanceof Database.SqliteError && BUSY_CODES.test(error.code)
        ? new StoreBusyError(error.code, { cause: error })
        : null,
    close: () => void db.close(),
  });
}
