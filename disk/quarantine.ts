import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { syncFolderNow } from './syncFolder.ts';
import { WITNESS_FILE } from './witness.ts';

export const QUARANTINE_FOLDER = 'quarantine';
/** As long as it lies in a data folder, nothing is opened there: an empty database must not take the place of a broken one. */
export const DAMAGE_FILE = 'damaged.json';

export interface DamageRecord {
  /** ISO instant. */
  at: string;
  /** What was found; a position at most, never content. */
  found: string;
  /** Where the files are, as they were found. */
  quarantine: string;
}

/** Names of the files that are one database. */
export function fileSet(database: string): string[] {
  return [database, `${database}-wal`, `${database}-shm`, WITNESS_FILE];
}

/**
 * Moves a database aside whole, never over anything, and leaves a record of it. A crash in between is made good by the
 * next call: the record is there before anything is moved.
 */
export function quarantine(dir: string, database: string, found: string, now: number): DamageRecord {
  const record = readDamage(dir) ?? { at: new Date(now).toISOString(), found, quarantine: newFolder(dir, now) };
  if (!existsSync(path.join(dir, DAMAGE_FILE)))
    writeDurably(path.join(dir, DAMAGE_FILE), JSON.stringify(record, null, 2));
  syncFolderNow(dir);
  moveInto(dir, database, record.quarantine);
  return record;
}

/** @returns what stands in the way of opening a folder; null when nothing does */
export function readDamage(dir: string): DamageRecord | null {
  const file = path.join(dir, DAMAGE_FILE);
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DamageRecord;
  } catch {
    // Cut off while it was written: nothing was moved yet, and the files will be found damaged again.
    rmSync(file, { force: true });
    return null;
  }
}

/** Sets that somebody still has to look at, and to remove. */
export function countQuarantined(dir: string): number {
  const folder = path.join(dir, QUARANTINE_FOLDER);
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

/** Sound data are in place again. */
export function clearDamage(dir: string): void {
  rmSync(path.join(dir, DAMAGE_FILE), { force: true });
  syncFolderNow(dir);
}

/** Moves a database aside, whatever state it is in. @returns where to, null when there is none */
export function setAside(dir: string, database: string, now: number): string | null {
  if (!fileSet(database).some((name) => existsSync(path.join(dir, name)))) return null;
  const folder = newFolder(dir, now);
  moveInto(dir, database, folder);
  return folder;
}

function moveInto(dir: string, database: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The main file last: as long as it lies here, its log does not look like an older one's.
  for (const name of fileSet(database).reverse()) {
    const target = path.join(folder, name);
    if (existsSync(path.join(dir, name)) && !existsSync(target)) renameSync(path.join(dir, name), target);
  }
  syncFolderNow(folder);
  syncFolderNow(dir);
}

/** A folder that was not there before. */
function newFolder(dir: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  mkdirSync(path.join(dir, QUARANTINE_FOLDER), { recursive: true, mode: 0o700 });
  for (let copy = 1; ; copy += 1) {
    const folder = path.join(dir, QUARANTINE_FOLDER, copy === 1 ? stamp : `${stamp}-${copy}`);
    try {
      mkdirSync(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, `${text}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
