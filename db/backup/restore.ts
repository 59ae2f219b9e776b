import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { clearDamage, readDamage, setAside } from '../../disk/quarantine.ts';
import { Witness } from '../../disk/witness.ts';
import { lockData } from '../dataLock.ts';
import { parseHead } from '../examine.ts';
import { readMeta } from '../meta.ts';
import { beginEpochAfterLoss } from '../newEpoch.ts';
import { openDatabase } from '../open.ts';
import { DATABASE_FILE, Store } from '../store.ts';
import { type BackupManifest, copyBlobs, hashFile, syncFile } from './backup.ts';
import { inspectCopy } from './copyDatabase.ts';

export interface RestoreOptions {
  /** The data folder; its program must be closed. */
  dir: string;
  keyHex: string;
  /** A backup file; its manifest lies beside it. */
  from: string;
  now: () => number;
  newId: () => string;
}

export interface Restored {
  manifest: BackupManifest;
  epoch: number;
  /** Where what lay in the folder before is now; null when nothing did. */
  quarantine: string | null;
}

/**
 * Puts a backup in place of a terminal's data. What lies there goes to quarantine, not away. The restored data begin a
 * new epoch before they can be opened by anybody: nothing that was written after the backup was made is numbered twice.
 * @throws Error naming what is wrong with the backup, StoreError `in-use`, `wrong-key`; the folder is as it was then
 */
export async function restoreBackup({ dir, keyHex, from, now, newId }: RestoreOptions): Promise<Restored> {
  const manifest = JSON.parse(await readFile(`${from}.json`, 'utf8')) as BackupManifest;
  if ((await hashFile(from)) !== manifest.sha256) throw new Error('the backup is not what its manifest says');
  if (inspectCopy(from, keyHex).head !== manifest.head)
    throw new Error('the backup ends elsewhere than its manifest says');

  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = lockData(dir);
  try {
    const preparing = path.join(dir, 'restoring');
    rmSync(preparing, { recursive: true, force: true });
    mkdirSync(preparing, { mode: 0o700 });
    await copyFile(from, path.join(preparing, DATABASE_FILE));
    const epoch = prepare(preparing, knownEpoch(dir, keyHex), { keyHex, now, newId });
    await syncFile(path.join(preparing, DATABASE_FILE));
    const quarantine = setAside(dir, DATABASE_FILE, now()) ?? readDamage(dir)?.quarantine ?? null;
    renameSync(path.join(preparing, DATABASE_FILE), path.join(dir, DATABASE_FILE));
    await syncFile(dir);
    rmSync(preparing, { recursive: true, force: true });
    await copyBlobs(path.join(path.dirname(from), 'blobs'), path.join(dir, 'blobs'));
    clearDamage(dir);
    return { manifest, epoch, quarantine };
  } finally {
    lock.release();
  }
}

function prepare(dir: string, above: number, options: Pick<RestoreOptions, 'keyHex' | 'now' | 'newId'>): number {
  const store = Store.open({ dir, ...options, isReplacing: true });
  try {
    beginEpochAfterLoss(store, { reason: 'restored', above, now: options.now() });
    return store.ledger.epoch;
  } finally {
    store.close();
  }
}

/** Of the data in place, as far as they can be read. The centre says the rest at the first exchange. */
function knownEpoch(dir: string, keyHex: string): number {
  const folders = [dir, readDamage(dir)?.quarantine].filter((each) => each !== undefined);
  return Math.max(0, ...folders.flatMap((each) => [epochOfFile(each, keyHex), epochOfWitness(each, keyHex)]));
}

function epochOfWitness(dir: string, keyHex: string): number {
  const read = Witness.read(dir, keyHex);
  return read.state === 'good' ? parseHead(read.said.head).epoch : 0;
}

function epochOfFile(dir: string, keyHex: string): number {
  const file = path.join(dir, DATABASE_FILE);
  if (!existsSync(file)) return 0;
  try {
    const db = openDatabase({ file, keyHex, readonly: true });
    try {
      return Number(readMeta(db, 'epoch') ?? '0');
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}
