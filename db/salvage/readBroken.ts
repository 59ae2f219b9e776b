import type Database from 'better-sqlite3';
import { findOpDefect, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { openDatabase } from '../open.ts';
import { type OpRow, opFromRow } from '../opRow.ts';

/** State of the machine that is no record: taken over as far as it can be read. */
const LOCAL_TABLES = [
  'meta',
  'draft',
  'scan_held',
  'image_at_centre',
  'calibration',
  'print_form',
  'pruned_stream',
] as const;
export type LocalTable = (typeof LOCAL_TABLES)[number];

type Row = Record<string, unknown>;

/** Behind the last row that was found it is looked so far for another one. */
const LOOK_AHEAD = 10_000;

export interface BrokenContent {
  /** Own and pulled, in the order of their arrival, each with the hash that it had. */
  ops: Op[];
  /** Whether every row of the log could be read, as it was written. */
  isWhole: boolean;
  local: Map<LocalTable, Row[]>;
}

/**
 * Reads what can still be read of a damaged database: from the front to the first bad page, from the back to the last, and
 * what lies between row by row. It must be a copy that nobody needs: SQLite settles its log.
 * @returns null when not even its first page can be read
 */
export function readBroken(file: string, keyHex: string): BrokenContent | null {
  let db: Database.Database;
  try {
    db = openDatabase({ file, keyHex, readonly: true, archived: true });
  } catch {
    return null;
  }
  try {
    const { rows, isWhole } = walk(db);
    const isPruned = prunedStreams(db);
    const ops = rows.flatMap((row) => toSoundOp(row, isPruned) ?? []);
    const local = new Map(LOCAL_TABLES.map((table) => [table, readForward(db, table)]));
    return { ops, isWhole: isWhole && ops.length === rows.length, local };
  } finally {
    db.close();
  }
}

/** @returns null for a row that is not what was written */
function toSoundOp(row: OpRow, isPruned: (stream: string) => boolean): Op | null {
  try {
    const op = opFromRow(row);
    const hasBody = row.body !== '{}' || !isPruned(Buffer.from(row.stream_id).toString('hex'));
    return findOpDefect(op, op.prev_hash, sha256Hex, { hasBody }) === null ? op : null;
  } catch {
    return null;
  }
}

function prunedStreams(db: Database.Database): (stream: string) => boolean {
  const ids = new Set(
    readForward(db, 'pruned_stream').map((row) => Buffer.from(row.stream_id as Uint8Array).toString('hex')),
  );
  return (stream) => ids.has(stream);
}

/** Rows of the log, in its order. */
function walk(db: Database.Database): { rows: OpRow[]; isWhole: boolean } {
  const front = readWhile<OpRow>(db, 'SELECT * FROM op ORDER BY ord');
  if (front.isWhole) return front;
  const from = Number(front.rows.at(-1)?.ord ?? 0);
  const back = readWhile<OpRow>(db, `SELECT * FROM op WHERE ord > ${from} ORDER BY ord DESC`);
  const to = Number(back.rows.at(-1)?.ord ?? Number.POSITIVE_INFINITY);
  const between: OpRow[] = [];
  for (let at = from + 1, missed = 0; at < to && missed < LOOK_AHEAD; at++) {
    const row = readOne(db, at);
    if (row) between.push(row);
    missed = row ? 0 : missed + 1;
  }
  return { rows: [...front.rows, ...between, ...back.rows.reverse()], isWhole: false };
}

/** @typeParam R as `sql` asks for it */
function readWhile<R = Row>(db: Database.Database, sql: string): { rows: R[]; isWhole: boolean } {
  const rows: R[] = [];
  try {
    for (const row of db.prepare(sql).iterate()) rows.push(row as R);
    return { rows, isWhole: true };
  } catch {
    return { rows, isWhole: false };
  }
}

function readOne(db: Database.Database, ord: number): OpRow | null {
  try {
    return (db.prepare('SELECT * FROM op WHERE ord = ?').get(ord) as OpRow | undefined) ?? null;
  } catch {
    return null;
  }
}

function readForward(db: Database.Database, table: LocalTable): Row[] {
  try {
    return readWhile(db, `SELECT * FROM ${table}`).rows;
  } catch {
    return [];
  }
}
