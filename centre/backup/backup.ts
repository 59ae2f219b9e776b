import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { copyBlobs, listBackups, type Manifest, makeBackup, syncFile } from '../../disk/backupFolder.ts';
import { inThread } from '../../disk/inThread.ts';
import type { CentreCopyRequest, CentreFacts } from './copy.ts';

export const CENTRE_BACKUP_PREFIX = 'centre';

/** In a checkout the source, in a package the bundle beside the command's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './copyWorker.ts' : './centreCopyWorker.mjs', import.meta.url);

export type CentreBackup = Manifest<CentreFacts>;

export interface CentreBackupOptions {
  dataDir: string;
  to: string;
  now: number;
  /** Of the days before the last one, so many are kept; absent: a week. */
  days?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a copy of the data of a centre on SQLite, which may be serving: the database in one piece, encrypted like it and looked
 * over, and the images that are not there yet. The keys are not in it.
 * @throws Error of a hub's data, without the key, or naming what is wrong with the copy
 */
export function backUpCentre({ dataDir, to, now, days, signal }: CentreBackupOptions): Promise<CentreBackup> {
  const place = { dir: dataDir, to, prefix: CENTRE_BACKUP_PREFIX, now, days, signal };
  return makeBackup(place, (unfinished) =>
    inThread<CentreFacts>(WORKER, { dataDir, to: unfinished } satisfies CentreCopyRequest, signal),
  );
}

/** Images that are not there yet, of a centre whose database is a server's to back up. */
export async function backUpImages({ dataDir, to, signal }: Omit<CentreBackupOptions, 'now' | 'days'>): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  await copyBlobs(path.join(dataDir, 'blobs'), path.join(to, 'blobs'), signal);
  await syncFile(to);
}

/** When the newest backup of a folder was made, ms since 1970; null: there is none. */
export async function newestCentreBackupAt(folder: string): Promise<number | null> {
  const [newest] = await listBackups<CentreFacts>(folder, CENTRE_BACKUP_PREFIX);
  return newest ? Date.parse(newest.at) : null;
}
