import type Database from 'better-sqlite3';
import { examineFile } from '../disk/examine.ts';
import type { Testimony } from '../disk/witness.ts';
import { uuidToBlob } from './ids.ts';
import { readMeta } from './meta.ts';
import { openDatabase } from './open.ts';

export interface HeadMark {
  epoch: number;
  seq: number;
  hash: string;
}

/** The last own op, as the witness remembers it. */
export function formatHead({ epoch, seq, hash }: HeadMark): string {
  return `${epoch}/${seq}/${hash}`;
}

export function parseHead(text: string): HeadMark {
  const [epoch = '0', seq = '0', hash = ''] = text.split('/');
  return { epoch: Number(epoch), seq: Number(seq), hash };
}

/**
 * Looks at a closed terminal's database; changes nothing in it.
 * @returns what is wrong; null when nothing is, or when there is no database yet
 * @throws StoreError `wrong-key`, or the error of a file that may not be read
 */
export function examineDatabase(file: string, keyHex: string, pages: 'always' | 'small'): string | null {
  return examineFile({
    file,
    keyHex,
    // What it is is looked at here; whether it is durable, when it is opened for good.
    open: () => openDatabase({ file, keyHex, readonly: true, archived: true }),
    compare: findLoss,
    pages,
  });
}

function findLoss(db: Database.Database, said: Testimony): string | null {
  const hasTables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'op')").pluck().get() === 2;
  if (!hasTables) return 'it is empty';
  if (readMeta(db, 'device') !== said.of) return 'it is not the one that was in use here';
  const { epoch, seq, hash } = parseHead(said.head);
  if (seq === 0) return null;
  const found = db
    .prepare('SELECT lower(hex(hash)) FROM op WHERE device = ? AND epoch = ? AND seq = ?')
    .pluck()
    .get(uuidToBlob(said.of), epoch, seq);
  if (found === hash) return null;
  // A newer epoch can only have begun after that was said, and what it took over stands in it under another number.
  const newest = db.prepare('SELECT max(epoch) FROM op WHERE device = ?').pluck().get(uuidToBlob(said.of)) as
    | number
    | null;
  if (newest !== null && newest > epoch) return null;
  return `records are missing: it does not reach ${epoch}/${seq}`;
}
