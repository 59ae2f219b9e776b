import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { checkBackup, copyBlobs, newestSound, syncFile } from '../../disk/backupFolder.ts';
import { clearDamage, readDamage, setAside } from '../../disk/quarantine.ts';
import { lockData } from '../store/dataLock.ts';
import { loadKeyFile } from '../store/keyFile.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { CENTRE_BACKUP_PREFIX, type CentreBackup } from './backup.ts';
import { type CentreFacts, inspectCentre } from './copy.ts';

const DATABASE_FILE = 'centre.db';

export interface RestoredCentre {
  manifest: CentreBackup;
  epoch: number;
  /** Where what lay in the folder before is now; null when nothing did. */
  quarantine: string | null;
}

export interface RestoreOptions {
  /** The data folder, with its keys; nobody serves from it. */
  dataDir: string;
  /** A backup file; absent: the newest sound one of `backups`. */
  from?: string | undefined;
  backups: string;
  now: number;
}

/**
 * Puts a backup in place of a centre's database. What lies there goes to quarantine, not away; images that are there stay. The
 * centre goes on in a new epoch, and terminals and hubs send again what it lacks.
 * @throws Error naming what is wrong with the backup, KeyFileError, DataInUseError; the folder is as it was then
 */
export async function restoreCentre({ dataDir, from, backups, now }: RestoreOptions): Promise<RestoredCentre> {
  if (existsSync(path.join(dataDir, 'centre.postgres')))
    throw new Error(`${dataDir}: this centre is on PostgreSQL, whose own tools restore it`);
  const keyHex = loadKeyFile(dataDir, false);
  const inspect = (file: string) => inspectCentre(file, keyHex);
  const backup =
    from === undefined
      ? await newestSound<CentreFacts>(backups, CENTRE_BACKUP_PREFIX, inspect)
      : { manifest: await checkBackup(from, inspect), file: from };
  if (backup === null)
    throw new Error(
      `no sound backup of a centre in ${backups}: name another folder with --backups, or a file with --from`,
    );

  const lock = lockData(dataDir);
  try {
    const preparing = path.join(dataDir, 'restoring');
    rmSync(preparing, { recursive: true, force: true });
    mkdirSync(preparing, { mode: 0o700 });
    const copy = path.join(preparing, DATABASE_FILE);
    await copyFile(backup.file, copy);
    await syncFile(copy);
    const quarantine = setAside(dataDir, DATABASE_FILE, now) ?? readDamage(dataDir)?.quarantine ?? null;
    renameSync(copy, path.join(dataDir, DATABASE_FILE));
    await syncFile(dataDir);
    rmSync(preparing, { recursive: true, force: true });
    await copyBlobs(path.join(path.dirname(backup.file), 'blobs'), path.join(dataDir, 'blobs'));
    clearDamage(dataDir);
    return { manifest: backup.manifest, epoch: beginEpoch(dataDir, backup.manifest), quarantine };
  } finally {
    lock.release();
  }
}

/** A file in another place begins one by itself when it is first opened; this is sure to. */
function beginEpoch(dataDir: string, before: CentreFacts): number {
  const store = openSqliteStore(dataDir);
  try {
    if (store.self.epoch <= before.epoch) throw new Error('the restored data go on under the old epoch');
    return store.self.epoch;
  } finally {
    store.close();
  }
}
