import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isFullDisk } from '../../../disk/fullDisk.ts';
import { emptyLog } from '../../../disk/walState.ts';
import { Witness } from '../../../disk/witness.ts';
import { loadKeyFile } from '../keyFile.ts';
import { storeOn } from '../sqlStore.ts';
import { type CentreStore, StoreBusyError } from '../types.ts';
import { Checkpoints } from './checkpoints.ts';
import { prepareTestimony, refuseDamaged } from './examine.ts';
import { noteHome } from './home.ts';
import { openDatabase } from './open.ts';

/** Codes with which SQLite says "not now" or "not on this disk": the same push may succeed later. */
const BUSY_CODES = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|NOMEM|READONLY)/;

export interface SqliteStoreOptions {
  /** Whoever opens it is the one that serves from it. */
  isStart?: boolean | undefined;
  /** Whether a thread moves its log into the main file; else whoever writes does. */
  checkpointsAside?: boolean | undefined;
  /** A write found no room, and was undone. */
  onFullDisk?: (() => void) | undefined;
}

/**
 * The centre's store in one encrypted SQLite file. Several processes may have it open: every decision is taken under
 * the write lock.
 * @throws KeyFileError, StoreOpenError, MigrationError
 */
export function openSqliteStore(
  dataDir: string,
  busyTimeoutMs?: number,
  { isStart = false, checkpointsAside = false, onFullDisk }: SqliteStoreOptions = {},
): CentreStore {
  refuseDamaged(dataDir, isStart);
  const db = openDatabase(dataDir, busyTimeoutMs);
  const key = loadKeyFile(dataDir, false);
  const witness = Witness.open(dataDir, key);
  const checkpoints = checkpointsAside ? new Checkpoints({ db, file: join(dataDir, 'centre.db'), key }) : null;
  const say = () => {
    try {
      const said = testify();
      witness.say(said, performance.now());
      checkpoints?.note(said.wal?.frames ?? 0);
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
      // Before the witness says that the log is empty.
      checkpoints?.stop();
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
  if (isStart) store.rememberDevices();
  return store;
}
