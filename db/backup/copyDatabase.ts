import type Database from 'better-sqlite3';
import { readMeta } from '../meta.ts';
import { openDatabase } from '../open.ts';

export interface CopyRequest {
  /** The live file and where its copy goes, which must not be there yet. */
  from: string;
  to: string;
  keyHex: string;
}

/** What a copy holds, read from the copy itself. */
export interface CopyFacts {
  device: string;
  epoch: number;
  ops: number;
  /** Chain hash of the last own op, hex; null when there is none. */
  head: string | null;
}

/**
 * A consistent copy of a live file, encrypted like it, and looked over. The backup interface of SQLite does not copy between
 * encrypted files; `VACUUM INTO` reads one snapshot, waits for no writer and lets none wait.
 * @throws StoreError, SqliteError, or Error naming what is wrong with the copy
 */
export function copyDatabase({ from, to, keyHex }: CopyRequest): CopyFacts {
  const live = openDatabase({ file: from, keyHex, readonly: true });
  let before: CopyFacts;
  try {
    before = readFacts(live);
    live.prepare('VACUUM INTO ?').run(to);
  } finally {
    live.close();
  }
  const facts = inspectCopy(to, keyHex);
  if (!reaches(to, keyHex, before)) throw new Error('the copy does not reach what was committed before it was begun');
  return facts;
}

/** Whether a copy has the last own op that the live file had when it was begun. */
function reaches(file: string, keyHex: string, { device, epoch, head, ops }: CopyFacts): boolean {
  const copy = openDatabase({ file, keyHex, readonly: true, archived: true });
  try {
    const find = copy.prepare('SELECT 1 FROM op WHERE device = ? AND epoch = ? AND hash = ?');
    const count = copy.prepare('SELECT count(*) FROM op').pluck().get() as number;
    const key = [Buffer.from(device.replaceAll('-', ''), 'hex'), epoch, Buffer.from(head ?? '', 'hex')];
    return count >= ops && (head === null || find.get(...key) !== undefined);
  } finally {
    copy.close();
  }
}

/** @throws StoreError `wrong-key`, or Error when a page does not fit the others */
export function inspectCopy(file: string, keyHex: string): CopyFacts {
  const copy = openDatabase({ file, keyHex, readonly: true, archived: true });
  try {
    const [first] = copy.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (first?.integrity_check !== 'ok') throw new Error('integrity check');
    return readFacts(copy);
  } finally {
    copy.close();
  }
}

function readFacts(db: Database.Database): CopyFacts {
  const device = readMeta(db, 'device');
  if (device === null) throw new Error('no store of a terminal');
  const epoch = Number(readMeta(db, 'epoch'));
  const head = db
    .prepare('SELECT lower(hex(hash)) FROM op WHERE device = ? AND epoch = ? ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get(Buffer.from(device.replaceAll('-', ''), 'hex'), epoch) as string | undefined;
  const ops = db.prepare('SELECT count(*) FROM op').pluck().get() as number;
  return { device, epoch, ops, head: head ?? null };
}
