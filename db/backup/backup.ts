import path from 'node:path';
import { type BackupPlace, listBackups as listIn, type Manifest, makeBackup } from '../../disk/backupFolder.ts';
import { inThread } from '../../disk/inThread.ts';
import { DATABASE_FILE } from '../store.ts';
import type { CopyFacts, CopyRequest } from './copyDatabase.ts';

/** In a checkout the source, in a package the bundle beside the service's. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './backupWorker.ts' : './backupWorker.mjs', import.meta.url);

export const BACKUP_PREFIX = 'yichuang';

export type BackupManifest = Manifest<CopyFacts>;

export interface BackupOptions extends Omit<BackupPlace, 'prefix'> {
  keyHex: string;
}

/**
 * Makes a copy of a terminal's data, whose program may be at work: the database in one piece, encrypted like it and looked
 * over, then scans that are not there yet.
 */
export function backUp({ dir, keyHex, to, now }: BackupOptions): Promise<BackupManifest> {
  const from = path.join(dir, DATABASE_FILE);
  return makeBackup({ to, prefix: BACKUP_PREFIX, dir, now }, (unfinished) =>
    inThread<CopyFacts>(WORKER, { from, to: unfinished, keyHex } satisfies CopyRequest),
  );
}

/** @returns the backups of terminals in a folder, the newest first */
export function listBackups(folder: string): Promise<BackupManifest[]> {
  return listIn<CopyFacts>(folder, BACKUP_PREFIX);
}
