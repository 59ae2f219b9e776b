import type { Finding } from '../../contract/finding.ts';
import type { OpEnvelope } from '../../contract/ops.ts';
import { findOpDefect, genesisHash, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import { repeatId, standsApart } from '../ledger/repeats.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { blobToHash, blobToUuid, uuidToBlob } from '../store/sqlite/blobs.ts';

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
  code: string | null;
  mirrored: number;
  /** Where its chain stands here. */
  head: number | null;
  /** Where it began here: what is before went to the centre by another way. */
  base: number | null;
  baseHash: Buffer | null;
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
export function checkChains(db: SqlDatabase): Finding[] {
  const findings: Finding[] = [];
  const ends: ChainEnd[] = [];
  let chain: ChainEnd | undefined;
  const isHub = db.prepare('SELECT 1 FROM relay').get() !== undefined;
  const hasFirst = db.prepare('SELECT 1 FROM op WHERE op_id = ?');
  const rows = db
    .prepare(`
      SELECT op.id, op.op_id, op.device, op.epoch, op.seq, op.kind, op.stream, op.hash, op.envelope, op.mirrored, outcome, code,
        device_head.seq AS head, chain_base.seq AS base, chain_base.hash AS "baseHash"
      FROM op LEFT JOIN op_result ON op_result.op = op.id
      LEFT JOIN device_head ON device_head.device = op.device AND device_head.epoch = op.epoch
      LEFT JOIN chain_base ON chain_base.device = op.device AND chain_base.epoch = op.epoch
      ORDER BY op.device, op.epoch, op.seq`)
    .iterate() as IterableIterator<LogRow>;
  for (const row of rows) {
    const device = blobToUuid(row.device);
    if (chain?.device !== device || chain.epoch !== row.epoch) {
      const hash = row.baseHash ? blobToHash(row.baseHash) : genesisHash(device, row.epoch, sha256Hex);
      chain = { device, epoch: row.epoch, seq: row.base ?? 0, hash, first: Number.MAX_SAFE_INTEGER, last: 0 };
      if (row.mirrored === 0 || row.head !== null) ends.push(chain);
    }
    const name = `${device}/${row.epoch}`;
    const note = (code: Finding['code'], detail = `${name} op ${row.seq}`) => findings.push({ code, detail });
    // What came by a scope of the centre: neither a chain nor a receipt of ours.
    const isLoose = row.seq <= (row.base ?? 0) || (row.mirrored === 1 && row.seq > (row.head ?? 0));
    if (!isLoose && row.seq !== chain.seq + 1) note('gap', `${name}: ${chain.seq + 1} missing before ${row.seq}`);
    const op = parseEnvelope(row.envelope);
    const defect = op === null ? 'hash' : findOpDefect(op as Op, isLoose ? op.prev_hash : chain.hash, sha256Hex);
    if (defect) note(defect);
    else if (op === null || !isRowOf(op, row)) note('hash');
    const isRepeat = standsApart(row.code);
    // At a hub it may come later, by a scope of the centre.
    const isFirstMissing = isRepeat && !isHub && op !== null && !hasFirst.get(uuidToBlob(op.op_id));
    if (row.outcome === null || isFirstMissing) note('result-missing');
    if (isLoose) continue;
    // Of an epoch that is over, what was known already may still come.
    const isWritten = row.mirrored === 0 && !isRepeat;
    if (isWritten && row.id < chain.last) note('out-of-order');
    chain.seq = row.seq;
    chain.hash = op?.hash ?? blobToHash(row.hash);
    if (!isWritten) continue;
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
    (standsApart(row.code) ? repeatId(op) : op.op_id.toLowerCase()) === blobToUuid(row.op_id) &&
    op.device === blobToUuid(row.device) &&
    op.epoch === row.epoch &&
    op.seq === row.seq &&
    op.kind === row.kind &&
    op.stream === row.stream &&
    op.hash === blobToHash(row.hash)
  );
}

/** What a device was told to be durable here is here, and is what it was told. */
function checkReceipts(db: SqlDatabase, ends: readonly ChainEnd[]): Finding[] {
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
  const bases = db.prepare('SELECT 1 FROM chain_base WHERE device = ? AND epoch = ? AND seq = ? AND hash = ?');
  for (const [name, { device, epoch, seq, hash }] of known) {
    if (!bases.get(device, epoch, seq, hash)) findings.push({ code: 'acked-beyond-log', detail: `${name}: ${seq}` });
  }
  return findings;
}

/** An epoch that goes on after the next one has begun: two copies of one machine's data are at work. */
function checkEpochs(db: SqlDatabase, ends: readonly ChainEnd[]): Finding[] {
  const findings: Finding[] = [];
  for (const [index, end] of ends.entries()) {
    const next = ends[index + 1];
    if (next?.device === end.device && end.last > next.first) {
      const detail = `${end.device}: epoch ${end.epoch} goes on at log position ${end.last}, after ${next.epoch}`;
      findings.push({ code: 'epoch-clash', detail });
    }
  }
  // A centre begins a chain with each start; a hub goes on with its own until it hears that there is more of it.
  const self = db.prepare('SELECT device, epoch FROM centre WHERE EXISTS (SELECT 1 FROM relay)').get() as
    | { device: Buffer; epoch: number }
    | undefined;
  if (!self) return findings;
  const device = blobToUuid(self.device);
  for (const end of ends) {
    if (end.device !== device || end.epoch <= self.epoch) continue;
    findings.push({ code: 'epoch-clash', detail: `${device}: epoch ${end.epoch} beyond ${self.epoch}` });
  }
  return findings;
}
