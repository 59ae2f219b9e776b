import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import { reduce } from '../domain/ledger/reduce.ts';
import { blobToUuid } from './ids.ts';
import { applyInTurn } from './inTurn.ts';
import { readMeta } from './meta.ts';
import { migrate } from './migrate.ts';
import { type OpRow, opFromRow } from './opRow.ts';
import { PROJECTION_TABLES, Projector } from './project.ts';
import { preparePruned } from './pruned.ts';

type Table = (typeof PROJECTION_TABLES)[number];

/** Rows named for each table; who sees so many has read enough. */
const MAX_NAMED = 20;

/** Builds the projections anew from the log, beside the file, and compares them row by row. */
export function checkProjections(db: Database.Database): Finding[] {
  const scratch = new Database(':memory:');
  try {
    migrate(scratch);
    const stopped = replay(db, scratch).map((ord): Finding => ({ code: 'not-replayable', detail: `op ord ${ord}` }));
    const changed = PROJECTION_TABLES.filter((table) => digestTable(db, table) !== digestTable(scratch, table));
    return [...stopped, ...changed.flatMap((table) => describeDifference(db, scratch, table))];
  } finally {
    scratch.close();
  }
}

/**
 * Applies the log of `source` to the empty projections of `target`, in order of arrival.
 * @returns positions (`ord`) of ops that could not be applied, the first of each stream: what follows there stays out
 */
export function replay(source: Database.Database, target: Database.Database): number[] {
  const device = readMeta(source, 'device');
  const isPruned = preparePruned(source);
  const projector = new Projector(target, source);
  const rows = source.prepare('SELECT * FROM op WHERE applied = 1 ORDER BY ord').iterate() as IterableIterator<OpRow>;
  /** Of a stream: ops that are not legal yet. */
  const waiting = new Map<string, OpRow[]>();
  const apply = (row: OpRow): boolean => {
    try {
      const op = opFromRow(row);
      const entity = reduce(projector.read(row.stream_kind, blobToUuid(row.stream_id)), op);
      projector.writeEffect(op, entity, { ord: row.ord, own: op.device === device ? op : null });
      return true;
    } catch {
      return false;
    }
  };
  target.transaction(() => {
    for (const row of rows) {
      if (isPruned(row.stream_id)) continue;
      const id = blobToUuid(row.stream_id);
      const left = applyInTurn([row, ...(waiting.get(id) ?? [])], apply);
      if (left.length > 0) waiting.set(id, left);
      else waiting.delete(id);
    }
  })();
  return [...waiting.values()].flatMap(([first]) => (first ? [first.ord] : []));
}

/** SHA-256 of a table's content in key order: equal digests mean equal tables, byte for byte. */
export function digestTable(db: Database.Database, table: Table): string {
  const digest = createHash('sha256');
  for (const { line } of readLines(db, table)) digest.update(`${line}\n`);
  return digest.digest('hex');
}

interface Line {
  line: string;
  /** The row's key as far as it says nothing about a person. */
  label: string;
}

function readLines(db: Database.Database, table: Table): IterableIterator<Line> {
  const columns = db.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[];
  const line = columns.map(({ name }) => `quote("${name}")`).join(" || ',' || ");
  const key = columns.filter(({ pk, type }) => pk > 0 && type !== 'TEXT');
  const label = key.map(({ name, type }) => (type === 'BLOB' ? `lower(hex("${name}"))` : `"${name}"`));
  return db
    .prepare(`SELECT ${line} AS line, ${label.join(" || ' ' || ") || "''"} AS label FROM ${table} ORDER BY 1`)
    .iterate() as IterableIterator<Line>;
}

/** Both sides in the order of their lines, so that one pass finds what stands on one side only. */
function describeDifference(kept: Database.Database, rebuilt: Database.Database, table: Table): Finding[] {
  const sides = new Map<string, { kept: boolean; rebuilt: boolean }>();
  const note = (side: 'kept' | 'rebuilt', { label }: Line) => {
    const known = sides.get(label) ?? { kept: false, rebuilt: false };
    sides.set(label, { ...known, [side]: true });
  };
  const left = readLines(kept, table);
  const right = readLines(rebuilt, table);
  let a = left.next();
  let b = right.next();
  while (!a.done || !b.done) {
    if (!a.done && !b.done && a.value.line === b.value.line) {
      a = left.next();
      b = right.next();
    } else if (b.done || (!a.done && Buffer.compare(Buffer.from(a.value.line), Buffer.from(b.value.line)) < 0)) {
      if (!a.done) note('kept', a.value);
      a = left.next();
    } else {
      note('rebuilt', b.value);
      b = right.next();
    }
  }
  return [...sides].slice(0, MAX_NAMED).map(([label, side]): Finding => {
    const what = side.kept && side.rebuilt ? 'differs' : side.kept ? 'not in the log' : 'missing';
    return { code: 'projection-differs', detail: `${table}${label === '' ? '' : ` ${label}`}: ${what}` };
  });
}
