import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { lacksFrames, type Pragmas, readWalState } from './walState.ts';
import { type Testimony, Witness } from './witness.ts';

/**
 * Up to this size every page is looked at before a start: people wait for it. A larger file is read through by the
 * nightly check, and at a start only when something asked for it.
 */
export const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/** What SQLite says of a file that is not as it was written; not of one that it may not open. */
const DAMAGE_CODES = /^SQLITE_(CORRUPT|NOTADB|IOERR_(READ|SHORT_READ|DATA|CORRUPTFS))/;

export interface Examination<D extends Pragmas> {
  file: string;
  keyHex: string;
  /** Opens the file for reading only; its error may have that of SQLite as its cause. */
  open(): D & { close(): unknown };
  /** What the file lacks of what the witness saw; null when nothing. */
  compare(db: D, said: Testimony): string | null;
  /** Always: however large it is. Never: it is in use. */
  pages: 'always' | 'small' | 'never';
}

/**
 * Looks at a database file before it is opened for writing; changes nothing in it. SQLite takes a log whose end is damaged
 * for a shorter one, and a file that is gone for a new one: the witness knows better.
 * @returns what is wrong; null when nothing is, or when there is no database yet
 * @throws the error of a file that may not be read, or not with this key
 */
export function examineFile<D extends Pragmas>({ file, keyHex, open, compare, pages }: Examination<D>): string | null {
  const read = Witness.read(path.dirname(file), keyHex);
  const said = read.state === 'good' ? read.said : null;
  if (!existsSync(file)) return said ? 'the file is gone' : null;
  try {
    const db = open();
    try {
      const lost = said ? compare(db, said) : null;
      if (lost !== null) return lost;
      if (said && lacksFrames(said.wal, readWalState(db, file), `${file}-wal`)) return 'the end of its log is damaged';
      const isRead = pages === 'always' || (pages === 'small' && statSync(file).size <= CHECKED_AT_START_BYTES);
      return isRead && hasBadPage(db) ? 'a page is damaged' : null;
    } finally {
      db.close();
    }
  } catch (error) {
    // Who holds the key that the witness was written with does not hold the wrong one.
    const isDamage = codeOf(error) === 'SQLITE_NOTADB' ? said !== null : isDamageError(error);
    if (isDamage) return 'it cannot be read';
    throw error;
  }
}

/** Whether an error of the database means that its file is not as it was written. */
export function isDamageError(error: unknown): boolean {
  return DAMAGE_CODES.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && code.startsWith('SQLITE_')) return code;
  return cause instanceof Error ? codeOf(cause) : '';
}

function hasBadPage(db: Pragmas): boolean {
  const [row] = db.pragma('quick_check(1)') as { quick_check: string }[];
  return row?.quick_check !== 'ok';
}
