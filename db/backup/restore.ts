import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { checkBackup, copyBlobs, syncFile } from '../../disk/backupFolder.ts';
import { clearDamage, readDamage, setAside } from '../../disk/quarantine.ts';
import { Witness } from '../../disk/witness.ts';
import type { Op } from '../../domain/ledger/op.ts';
import { lockData } from '../dataLock.ts';
import { parseHead } from '../examine.ts';
import { readOwnJournal } from '../journal/readJournal.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { openDatabase } from '../open.ts';
import { type Seen, type Taken, takeSurvivors } from '../salvage/takeSurvivors.ts';
import { DATABASE_FILE, Store } from '../store.ts';
import type { BackupManifest } from './backup.ts';
import { inspectCopy } from './copyDatabase.ts';

export interface RestoreOptions {
  /** The data folder; its program must be closed. */
  dir: string;
  keyHex: string;
  /** A backup file; its manifest lies beside it. */
  from: string;
  /** The journal's folder of the configuration; absent: there was none. */
  journalDir?: string | undefined;
  now: () => number;
  newId: () => string;
}

/** Of records beyond the backup: what the journal had, and what nothing has any more. */
export interface Restored extends Omit<Taken, 'fromDatabase'> {
  manifest: BackupManifest;
  /** Where what lay in the folder before is now; null when nothing did. */
  quarantine: string | null;
}

/**
 * Puts a backup in place of a terminal's data, and what the op journal holds beyond it, under its own numbers. What lies there
 * goes to quarantine, not away. The restored data begin a new epoch before they can be opened by anybody: nothing that was
 * written after the backup was made is numbered twice.
 * @throws Error naming what is wrong with the backup, StoreError `in-use`, `wrong-key`; the folder is as it was then
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { dir, keyHex, from, journalDir, now } = options;
  const manifest = await checkBackup(from, (file) => inspectCopy(file, keyHex));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = lockData(dir);
  try {
    const preparing = path.join(dir, 'restoring');
    rmSync(preparing, { recursive: true, force: true });
    mkdirSync(preparing, { mode: 0o700 });
    await copyFile(from, path.join(preparing, DATABASE_FILE));
    const journal = journalDir === undefined ? [] : await readOwnJournal(journalDir, manifest.device, keyHex);
    const { fromDatabase: _none, ...taken } = prepare(
      preparing,
      journal,
      knownHeads(dir, keyHex, manifest.device),
      options,
    );
    await syncFile(path.join(preparing, DATABASE_FILE));
    const quarantine = setAside(dir, DATABASE_FILE, now()) ?? readDamage(dir)?.quarantine ?? null;
    renameSync(path.join(preparing, DATABASE_FILE), path.join(dir, DATABASE_FILE));
    await syncFile(dir);
    rmSync(preparing, { recursive: true, force: true });
    await copyBlobs(path.join(path.dirname(from), 'blobs'), path.join(dir, 'blobs'));
    clearDamage(dir);
    return { ...taken, manifest, quarantine };
  } finally {
    lock.release();
  }
}

function prepare(
  dir: string,
  journal: readonly Op[],
  known: readonly Seen[],
  { keyHex, now, newId }: Pick<RestoreOptions, 'keyHex' | 'now' | 'newId'>,
): Taken {
  const newest = Math.max(0, ...journal.map(({ epoch }) => epoch));
  raiseEpoch(path.join(dir, DATABASE_FILE), keyHex, newest);
  const store = Store.open({ dir, keyHex, now, newId, isReplacing: true });
  try {
    const above = Math.max(newest, ...known.map(({ epoch }) => epoch));
    return takeSurvivors(store, { broken: [], journal, seen: known }, { above, now: now() });
  } finally {
    store.close();
  }
}

/** The epoch that was in use last: the new one refers to it. */
function raiseEpoch(file: string, keyHex: string, newest: number): void {
  const db = openDatabase({ file, keyHex });
  try {
    if (newest > Number(readMeta(db, 'epoch'))) writeMeta(db, 'epoch', String(newest));
  } finally {
    db.close();
  }
}

/** Where the data of this machine that lie in place end, as far as they can be read. The centre says the rest at the first exchange. */
function knownHeads(dir: string, keyHex: string, device: string): Seen[] {
  const folders = [dir, readDamage(dir)?.quarantine].filter((each) => each !== undefined);
  return folders.flatMap((each) => [headOfFile(each, keyHex), headOfWitness(each, keyHex, device)]);
}

const NOTHING_KNOWN: Seen = { epoch: 0, seq: 0 };

function headOfWitness(dir: string, keyHex: string, device: string): Seen {
  const read = Witness.read(dir, keyHex);
  if (read.state !== 'good') return NOTHING_KNOWN;
  const { epoch, seq } = parseHead(read.said.head);
  return read.said.of === device ? { epoch, seq, isEnd: true } : { ...NOTHING_KNOWN, epoch };
}

function headOfFile(dir: string, keyHex: string): Seen {
  const file = path.join(dir, DATABASE_FILE);
  if (!existsSync(file)) return NOTHING_KNOWN;
  try {
    const db = openDatabase({ file, keyHex, readonly: true });
    try {
      return { ...NOTHING_KNOWN, epoch: Number(readMeta(db, 'epoch') ?? '0') };
    } finally {
      db.close();
    }
  } catch {
    return NOTHING_KNOWN;
  }
}
