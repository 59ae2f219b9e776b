import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { lacksFrames, readWalState } from '../disk/walState.ts';
import { type Read, type Testimony, Witness } from '../disk/witness.ts';
import { uuidToBlob } from './ids.ts';
import { readMeta } from './meta.ts';
import { openDatabase, StoreError } from './open.ts';

/**
 * Up to this size every page is looked at before a start: a clerk waits for it. A larger file is read through by the
 * nightly check, and at a start only when something asked for it.
 */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/** What SQLite says of a file that is not as it was written; not of one that it may not open. */
const DAMAGE_CODES = /^SQLITE_(CORRUPT|NOTADB|IOERR_(READ|SHORT_READ|DATA|CORRUPTFS))/;

export interface HeadMark {
  epoch: number;
  seq: number;
  hash: string;
}

export function formatHead({ epoch, seq, hash }: HeadMark): string {
  return `${epoch}/${seq}/${hash}`;
}

export function parseHead(text: string): HeadMark {
  const [epoch = '0', seq = '0', hash = ''] = text.split('/');
  return { epoch: Number(epoch), seq: Number(seq), hash };
}

/**
 * Looks at a closed terminal's database before it is opened for writing; changes nothing in it. SQLite takes a log whose
 * end is damaged for a shorter one, and a file that is gone for a new one: the witness knows better.
 * @returns what is wrong; null when nothing is, or when there is no database yet
 * @throws StoreError `wrong-key`, or the error of a file that may not be read
 */
export function examineDatabase(file: string, keyHex: string, options: { everyPage?: boolean } = {}): string | null {
  const read = Witness.read(path.dirname(file), keyHex);
  const said = read.state === 'good' ? read.said : null;
  if (!existsSync(file)) return said ? 'the file is gone' : null;
  const hasLog = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  try {
    // What it is is looked at here; whether it is durable, when it is opened for good.
    const db = openDatabase({ file, keyHex, readonly: true, archived: true });
    try {
      const everyPage = options.everyPage || statSync(file).size <= CHECKED_AT_START_BYTES;
      return findLoss(db, file, said, hasLog) ?? (everyPage ? findBadPage(db) : null);
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error, read)) return 'it cannot be read';
    throw error;
  }
}

/** Whether an error of the database means that its file is not as it was written. */
export function isDamageError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && DAMAGE_CODES.test(code);
}

/** Who holds the key that the witness was written with does not hold the wrong one. */
function isDamage(error: unknown, read: Read): boolean {
  if (error instanceof StoreError) {
    return error.code === 'wrong-key' && isDamageError(error.cause) && read.state === 'good';
  }
  return isDamageError(error);
}

function findLoss(db: Database.Database, file: string, said: Testimony | null, hasLog: boolean): string | null {
  if (!said) return null;
  const hasTables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'op')").pluck().get() === 2;
  if (!hasTables) return 'it is empty';
  if (readMeta(db, 'device') !== said.of) return 'it is not the one that was in use here';
  const head = parseHead(said.head);
  if (head.seq > 0) {
    const hash = db
      .prepare('SELECT lower(hex(hash)) FROM op WHERE device = ? AND epoch = ? AND seq = ?')
      .pluck()
      .get(uuidToBlob(said.of), head.epoch, head.seq);
    if (hash !== head.hash) return `records are missing: it does not reach ${head.epoch}/${head.seq}`;
  }
  if (lacksFrames(said.wal, readWalState(db, file), hasLog)) return 'the end of its log is damaged';
  return null;
}

function findBadPage(db: Database.Database): string | null {
  const [row] = db.pragma('quick_check(1)') as { quick_check: string }[];
  return row?.quick_check === 'ok' ? null : 'a page is damaged';
}
