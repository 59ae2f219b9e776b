import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { Testimony } from './witness.ts';

const HEADER_BYTES = 32;
const SALT_AT = 16;
const CHECKSUM_AT = 24;
/** 0x377f0682 and 0x377f0683: the last bit says in which order the bytes are summed. */
const MAGIC_HALVED = 0x377f0682 >>> 1;
/** Without a witness in between a log starts over a few times at most. */
const RESTARTS = 64;

/** As much of a database connection as is needed here. */
export interface Pragmas {
  pragma(source: string): unknown;
  prepare(source: string): { get(): unknown };
}

/** How far the write-ahead log of an open file is valid; null when it holds nothing. */
export function readWalState(db: Pragmas, file: string): Testimony['wal'] {
  return prepareWalState(db, file)();
}

/** As `readWalState`, for who asks after every commit. */
export function prepareWalState(db: Pragmas, file: string): () => Testimony['wal'] {
  // Changes nothing: no page is moved into the main file.
  const position = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  return () => {
    const { log: frames = 0 } = (position.get() ?? {}) as { log?: number };
    if (frames <= 0) return null;
    const salt = readSalt(`${file}-wal`);
    return salt === null ? null : { salt, frames };
  };
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

/** @returns the salt in the log's header, hex; null when there is no header that SQLite would take for one */
export function readSalt(wal: string): string | null {
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const fd = openSync(wal, 'r');
    try {
      if (readSync(fd, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
  return isHeader(header) ? header.toString('hex', SALT_AT, CHECKSUM_AT) : null;
}

/** The checksum of https://sqlite.org/fileformat2.html, 4.2. */
function isHeader(header: Buffer): boolean {
  const magic = header.readUInt32BE(0);
  if (magic >>> 1 !== MAGIC_HALVED) return false;
  const readWord = (at: number) => (magic & 1 ? header.readUInt32BE(at) : header.readUInt32LE(at));
  let [first, second] = [0, 0];
  for (let at = 0; at < CHECKSUM_AT; at += 8) {
    first = (first + readWord(at) + second) >>> 0;
    second = (second + readWord(at + 4) + first) >>> 0;
  }
  return header.readUInt32BE(CHECKSUM_AT) === first && header.readUInt32BE(CHECKSUM_AT + 4) === second;
}

/**
 * Whether frames that once were valid are not any more. SQLite starts its log over only when everything in it has
 * reached the main file, and counts the first half of the salt up then.
 * @param present what the file has now, after recovery
 * @param wal the log; one that is gone or empty was emptied by whoever closed the file
 */
export function lacksFrames(said: Testimony['wal'], present: Testimony['wal'], wal: string): boolean {
  if (said === null || !existsSync(wal) || statSync(wal).size === 0) return false;
  if (present?.salt === said.salt) return present.frames < said.frames;
  // Without a frame that counts it may have begun anew, and the power failed before the first commit in it.
  const salt = present?.salt ?? readSalt(wal);
  if (salt === null) return true;
  const steps = (firstHalf(salt) - firstHalf(said.salt)) >>> 0;
  return steps === 0 || steps > RESTARTS;
}

function firstHalf(salt: string): number {
  return Number.parseInt(salt.slice(0, 8), 16);
}
