import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type BackupPlace, listBackups as listIn, type Manifest, makeBackup } from '../../disk/backupFolder.ts';
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
    copyInThread({ from, to: unfinished, keyHex }),
  );
}

/** @returns the backups of terminals in a folder, the newest first */
export function listBackups(folder: string): Promise<BackupManifest[]> {
  return listIn<CopyFacts>(folder, BACKUP_PREFIX);
}

async function copyInThread(request: CopyRequest): Promise<CopyFacts> {
  const worker = new Worker(WORKER, { workerData: request });
  const answered = Promise.withResolvers<CopyFacts>();
  worker.once('message', answered.resolve);
  worker.once('error', answered.reject);
  worker.once('exit', () => answered.reject(new Error('the copying thread ended')));
  try {
    return await answered.promise;
  } finally {
    await worker.terminate();
  }
}
