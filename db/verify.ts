import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { findOpDefect, genesisHash } from '../domain/ledger/op.ts';
import { reduce } from '../domain/ledger/reduce.ts';
import { sha256Hex } from './digest.ts';
import { blobToUuid } from './ids.ts';
import { readMeta } from './meta.ts';
import { migrate } from './migrate.ts';
import { type OpRow, opFromRow } from './opRow.ts';
import { PROJECTION_TABLES, Projector } from './project.ts';
import { preparePruned } from './pruned.ts';
import { type BlankFinding, checkBlanks } from './verifyBlanks.ts';

export interface Finding {
  code:
    | BlankFinding['code']
    | 'integrity'
    | 'foreign-key'
    | 'gap'
    | 'body-hash'
    | 'prev-hash'
    | 'hash'
    | 'projection-differs'
    | 'not-replayable'
    | 'acked-beyond-log'
    | 'receipt-differs';
  detail: string;
}

/**
 * Checks a data file without changing it: pages, the chain of every device, and that the projections are what the log
 * says, and that every blank is in one place. Details name positions, tables and serials of blanks, never a person.
 */
export function verifyDatabase(db: Database.Database): Finding[] {
  return [...checkPages(db), ...checkChains(db), ...checkProjections(db), ...checkDelivery(db), ...checkBlanks(db)];
}

function checkPages(db: Database.Database): Finding[] {
  const integrity = (db.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
    .map((detail): Finding => ({ code: 'integrity', detail }));
  const foreignKeys = (db.pragma('foreign_key_check') as { table: string }[]).map(
    (row): Finding => ({ code: 'foreign-key', detail: row.table }),
  );
  return [...integrity, ...foreignKeys];
}

/** Own ops form one gapless chain for each epoch; of other devices this file holds only what was published here. */
function checkChains(db: Database.Database): Finding[] {
  const findings: Finding[] = [];
  const own = readMeta(db, 'device');
  const rows = db.prepare('SELECT * FROM op ORDER BY device, epoch, seq').iterate() as IterableIterator<OpRow>;
  const isPruned = preparePruned(db);
  let chain = '';
  let seq = 0;
  let prevHash = '';
  for (const row of rows) {
    const op = opFromRow(row);
    const isOwn = op.device === own;
    const name = `${op.device}/${op.epoch}`;
    if (name !== chain) {
      chain = name;
      seq = 0;
      prevHash = genesisHash(op.device, op.epoch, sha256Hex);
    }
    if (isOwn && op.seq !== seq + 1)
      findings.push({ code: 'gap', detail: `${name}: ${seq + 1} missing before ${op.seq}` });
    const contiguous = op.seq === seq + 1;
    // What was removed for good has no body to hash; its envelope still stands in the chain.
    const hasBody = row.body !== '{}' || !isPruned(row.stream_id);
    const defect = findOpDefect(op, isOwn || contiguous ? prevHash : op.prev_hash, sha256Hex, { hasBody });
    if (defect) findings.push({ code: defect, detail: `${name} op ${op.seq}` });
    seq = op.seq;
    prevHash = op.hash;
  }
  return findings;
}

/** Builds the projections anew from the log, beside the file, and compares them row by row. */
function checkProjections(db: Database.Database): Finding[] {
  const scratch = new Database(':memory:');
  try {
    migrate(scratch);
    try {
      replay(db, scratch);
    } catch (error) {
      return [{ code: 'not-replayable', detail: (error as Error).name }];
    }
    return PROJECTION_TABLES.filter((table) => digestTable(db, table) !== digestTable(scratch, table)).map(
      (table): Finding => ({ code: 'projection-differs', detail: table }),
    );
  } finally {
    scratch.close();
  }
}

/** Applies the log of `source` to the empty projections of `target`, in order of arrival. */
export function replay(source: Database.Database, target: Database.Database): void {
  const device = readMeta(source, 'device');
  const isPruned = preparePruned(source);
  const projector = new Projector(target, source);
  const rows = source.prepare('SELECT * FROM op WHERE applied = 1 ORDER BY ord').iterate() as IterableIterator<OpRow>;
  target.transaction(() => {
    for (const row of rows) {
      if (isPruned(row.stream_id)) {
        if (row.kind === 'case.accepted' || row.kind === 'case.refused') projector.holdPlace(row.stream_id);
        continue;
      }
      const op = opFromRow(row);
      const entity = reduce(projector.read(row.stream_kind, blobToUuid(row.stream_id)), op);
      projector.write(entity, { ord: row.ord, own: op.device === device ? op : null });
    }
    projector.freePlaces();
  })();
}

/** SHA-256 of a table's content in key order: equal digests mean equal tables, byte for byte. */
export function digestTable(db: Database.Database, table: (typeof PROJECTION_TABLES)[number]): string {
  const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `quote("${name}")`);
  const lines = db.prepare(`SELECT ${columns.join(" || ',' || ")} AS line FROM ${table} ORDER BY 1`).pluck();
  const digest = createHash('sha256');
  for (const line of lines.iterate()) digest.update(`${String(line)}\n`);
  return digest.digest('hex');
}

function checkDelivery(db: Database.Database): Finding[] {
  const findings: Finding[] = [];
  const states = db.prepare('SELECT device, epoch, acked, head FROM push_state').all() as {
    device: Uint8Array;
    epoch: number;
    acked: number;
    head: string;
  }[];
  for (const { device, epoch, acked, head } of states) {
    if (acked === 0) continue;
    const op = db.prepare('SELECT hash FROM op WHERE device = ? AND epoch = ? AND seq = ?').get(device, epoch, acked) as
      | { hash: Uint8Array }
      | undefined;
    const name = `${blobToUuid(device)}/${epoch}`;
    if (!op) findings.push({ code: 'acked-beyond-log', detail: `${name}: ${acked}` });
    else if (Buffer.from(op.hash).toString('hex') !== head)
      findings.push({ code: 'receipt-differs', detail: `${name}: ${acked}` });
  }
  return findings;
}
