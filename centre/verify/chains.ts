import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/finding.ts';
import type { OpEnvelope } from '../../contract/ops.ts';
import { findOpDefect, genesisHash, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { blobToHash, blobToUuid } from '../store/sqlite/blobs.ts';

interface LogRow {
  id: number;
  op_id: Buffer;
  device: Buffer;
  epoch: number;
  seq: number;
  kind: string;
  stream: string;
  hash: Buffer;
  envelope: string;
  outcome: string | null;
}

/** Where a chain ended, for the receipt that was given for it. */
interface ChainEnd {
  device: string;
  epoch: number;
  seq: number;
  hash: string;
  /** First and last position in the log. */
  first: number;
  last: number;
}

/** Every device and epoch is one gapless chain; each op has its result; receipts are for ops that are there. */
export function checkChains(db: Database.Database): Finding[] {
  const findings: Finding[] = [];
  const ends: ChainEnd[] = [];
  let chain: ChainEnd | undefined;
  const rows = db
    .prepare(`
      SELECT id, op_id, device, epoch, seq, kind, stream, hash, envelope, outcome
      FROM op LEFT JOIN op_result ON op_result.op = op.id ORDER BY device, epoch, seq`)
    .iterate() as IterableIterator<LogRow>;
  for (const row of rows) {
    const device = blobToUuid(row.device);
    if (chain?.device !== device || chain.epoch !== row.epoch) {
      const hash = genesisHash(device, row.epoch, sha256Hex);
      chain = { device, epoch: row.epoch, seq: 0, hash, first: row.id, last: 0 };
      ends.push(chain);
    }
    const name = `${device}/${row.epoch}`;
    const note = (code: Finding['code'], detail = `${name} op ${row.seq}`) => findings.push({ code, detail });
    if (row.seq !== chain.seq + 1) note('gap', `${name}: ${chain.seq + 1} missing before ${row.seq}`);
    const op = parseEnvelope(row.envelope);
    const defect = op === null ? 'hash' : findOpDefect(op as Op, chain.hash, sha256Hex);
    if (defect) note(defect);
    else if (op === null || !isRowOf(op, row)) note('hash');
    if (row.outcome === null) note('result-missing');
    if (row.id < chain.last) note('out-of-order');
    chain.seq = row.seq;
    chain.hash = op?.hash ?? blobToHash(row.hash);
    chain.first = Math.min(chain.first, row.id);
    chain.last = Math.max(chain.last, row.id);
  }
  return [...findings, ...checkReceipts(db, ends), ...checkEpochs(db, ends)];
}

function parseEnvelope(text: string): OpEnvelope | null {
  try {
    return JSON.parse(text) as OpEnvelope;
  } catch {
    return null;
  }
}

/** The columns by which an op is found are those of the op that was hashed. */
function isRowOf(op: OpEnvelope, row: LogRow): boolean {
  return (
    op.op_id.toLowerCase() === blobToUuid(row.op_id) &&
    op.device === blobToUuid(row.device) &&
    op.epoch === row.epoch &&
    op.seq === row.seq &&
    op.kind === row.kind &&
    op.stream === row.stream &&
    op.hash === blobToHash(row.hash)
  );
}

/** What a device was told to be durable here is here, and is what it was told. */
function checkReceipts(db: Database.Database, ends: readonly ChainEnd[]): Finding[] {
  const heads = db.prepare('SELECT device, epoch, seq, hash FROM device_head').all() as {
    device: Buffer;
    epoch: number;
    seq: number;
    hash: Buffer;
  }[];
  const known = new Map(heads.map((head) => [`${blobToUuid(head.device)}/${head.epoch}`, head]));
  const findings: Finding[] = [];
  for (const { device, epoch, seq, hash } of ends) {
    const name = `${device}/${epoch}`;
    const head = known.get(name);
    known.delete(name);
    if (head && head.seq > seq) findings.push({ code: 'acked-beyond-log', detail: `${name}: ${head.seq}` });
    else if (head?.seq !== seq || blobToHash(head.hash) !== hash) {
      findings.push({ code: 'receipt-differs', detail: `${name}: ${head?.seq ?? 0}` });
    }
  }
  for (const [name, { seq }] of known) findings.push({ code: 'acked-beyond-log', detail: `${name}: ${seq}` });
  return findings;
}

/** An epoch that goes on after the next one has begun: two copies of one machine's data are at work. */
function checkEpochs(db: Database.Database, ends: readonly ChainEnd[]): Finding[] {
  const findings: Finding[] = [];
  for (const [index, end] of ends.entries()) {
    const next = ends[index + 1];
    if (next?.device === end.device && end.last > next.first) {
      const detail = `${end.device}: epoch ${end.epoch} goes on at log position ${end.last}, after ${next.epoch}`;
      findings.push({ code: 'epoch-clash', detail });
    }
  }
  const self = db.prepare('SELECT device, epoch FROM centre').get() as { device: Buffer; epoch: number } | undefined;
  if (!self) return findings;
  const device = blobToUuid(self.device);
  for (const end of ends) {
    if (end.device !== device || end.epoch <= self.epoch) continue;
    findings.push({ code: 'epoch-clash', detail: `${device}: epoch ${end.epoch} beyond ${self.epoch}` });
  }
  return findings;
}
