import Database from 'better-sqlite3';
import { isFullDisk } from '../../../disk/fullDisk.ts';
import { emptyLog } from '../../../disk/walState.ts';
import { Witness } from '../../../disk/witness.ts';
import { loadKeyFile } from '../keyFile.ts';
import { storeOn } from '../sqlStore.ts';
import { type CentreStore, StoreBusyError } from '../types.ts';
import { prepareTestimony, refuseDamaged } from './examine.ts';
import { noteHome } from './home.ts';
import { openDatabase } from './open.ts';

/** Codes with which SQLite says "not now" or "not on this disk": the same push may succeed later. */
const BUSY_CODES = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|NOMEM|READONLY)/;

/**
 * The centre's store in one encrypted SQLite file. Several processes may have it open: every decision is taken under
 * the write lock.
 * @param isStart whoever opens it is the one that serves from it
 * @param onFullDisk a write found no room, and was undone
 * @throws KeyFileError, StoreOpenError, MigrationError
 */
export function openSqliteStore(
  dataDir: string,
  busyTimeoutMs?: number,
  { isStart = false, onFullDisk }: { isStart?: boolean | undefined; onFullDisk?: (() => void) | undefined } = {},
): CentreStore {
  refuseDamaged(dataDir, isStart);
  const db = openDatabase(dataDir, busyTimeoutMs);
  const witness = Witness.open(dataDir, loadKeyFile(dataDir, false));
  const say = () => {
    try {
      witness.say(testify(), performance.now());
    } catch {
      // What was committed is committed; the next one says it.
    }
  };
  const store = storeOn({
    db,
    asBusy: (error) => {
      if (isFullDisk(error)) onFullDisk?.();
      return error instanceof Database.SqliteError && BUSY_CODES.test(error.code)
        ? new StoreBusyError(error.code, { cause: error })
        : null;
    },
    close: () => {
      if (emptyLog(db)) witness.sayDurably({ ...testify(), wal: null });
      db.close();
      witness.close();
    },
  });
  // The data know whose they are from here on.
  const testify = prepareTestimony(db, dataDir);
  // Above every epoch that was begun before, also by data of which nothing is left.
  noteHome(db, dataDir, () => store.beginEpoch(Math.floor(Date.now() / 1000)));
  say();
  store.onAppended(say);
  return store;
}
