import { closeSync, openSync, readSync } from 'node:fs';
import type { Testimony } from './witness.ts';

const SALT_AT = 16;
const SALT_BYTES = 8;
/** Without a witness in between a log starts over a few times at most. */
const RESTARTS = 64;

/** As much of a database connection as is needed here. */
export interface Pragmas {
  pragma(source: string): unknown;
}

/** How far the write-ahead log of an open file is valid; null when it holds nothing. */
export function readWalState(db: Pragmas, file: string): Testimony['wal'] {
  // Changes nothing: no page is moved into the main file.
  const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number }[];
  const frames = row?.log ?? 0;
  if (frames <= 0) return null;
  const salt = readSalt(`${file}-wal`);
  return salt === null ? null : { salt, frames };
}

/** Moves the log into the main file, as far as there is room for it. @returns whether all of it is there now */
export function emptyLog(db: Pragmas): boolean {
  try {
    const [row] = db.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[];
    return row !== undefined && row.busy === 0 && row.log === row.checkpointed;
  } catch {
    return false;
  }
}

/** @returns hex; null when there is no log */
function readSalt(wal: string): string | null {
  try {
    const fd = openSync(wal, 'r');
    try {
      const salt = Buffer.alloc(SALT_BYTES);
      return readSync(fd, salt, 0, SALT_BYTES, SALT_AT) === SALT_BYTES ? salt.toString('hex') : null;
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

/**
 * Whether frames that once were valid are not any more. SQLite starts its log over only when everything in it has
 * reached the main file, and counts the first half of the salt up then.
 * @param present what the file has now, after recovery
 * @param isThere whether there is a log with anything in it: one that is gone was emptied by whoever closed the file
 */
export function lacksFrames(said: Testimony['wal'], present: Testimony['wal'], isThere: boolean): boolean {
  if (said === null || !isThere) return false;
  if (present === null) return true;
  if (present.salt === said.salt) return present.frames < said.frames;
  const steps = (firstHalf(present.salt) - firstHalf(said.salt)) >>> 0;
  return steps === 0 || steps > RESTARTS;
}

function firstHalf(salt: string): number {
  return Number.parseInt(salt.slice(0, 8), 16);
}
