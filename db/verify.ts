import type Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import { checkPages } from '../disk/pages.ts';
import { findOpDefect, genesisHash, type Op } from '../domain/ledger/op.ts';
import { sha256Hex } from './digest.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { readMeta } from './meta.ts';
import { type OpRow, opFromRow } from './opRow.ts';
import { preparePruned } from './pruned.ts';
import { checkBlanks } from './verifyBlanks.ts';
import { checkNumbers } from './verifyNumbers.ts';
import { checkPrints } from './verifyPrints.ts';
import { checkProjections } from './verifyProjections.ts';
import { checkReceipts } from './verifyReceipts.ts';

/**
 * Checks a data file without changing it: pages, the chain of every device, that the projections are what the log says,
 * that no number was given twice and every blank is in one place. Details name positions, tables and serials of blanks,
 * never a person.
 */
export function verifyDatabase(db: Database.Database): Finding[] {
  return [
    ...checkPages(db),
    ...checkChains(db),
    ...checkEpochs(db),
    ...checkProjections(db),
    ...checkNumbers(db),
    ...checkDelivery(db),
    ...checkReceipts(db),
    ...checkBlanks(db),
    ...checkPrints(db),
  ];
}

/**
 * Own ops form one gapless chain for each epoch; of other devices this file holds only what was published here. What this
 * machine wrote and lost before it was restored comes back as another's would.
 */
function checkChains(db: Database.Database): Finding[] {
  const findings: Finding[] = [];
  const own = readMeta(db, 'device');
  const writtenIn = prepareWritten(db);
  const rows = db.prepare('SELECT * FROM op ORDER BY device, epoch, seq').iterate() as IterableIterator<OpRow>;
  const isPruned = preparePruned(db);
  let chain = '';
  let seq = 0;
  let prevHash = '';
  let ord = 0;
  for (const row of rows) {
    const op = opFromRow(row);
    const isOwn = op.device === own && op.seq <= writtenIn(op.epoch);
    const name = `${op.device}/${op.epoch}`;
    if (name !== chain) {
      chain = name;
      seq = 0;
      ord = 0;
      prevHash = genesisHash(op.device, op.epoch, sha256Hex);
    }
    if (isOwn && op.seq !== seq + 1)
      findings.push({ code: 'gap', detail: `${name}: ${seq + 1} missing before ${op.seq}` });
    const contiguous = op.seq === seq + 1;
    // What was removed for good has no body to hash; its envelope still stands in the chain.
    const hasBody = row.body !== '{}' || !isPruned(row.stream_id);
    const defect = findOpDefect(op, isOwn || contiguous ? prevHash : op.prev_hash, sha256Hex, { hasBody });
    if (defect) findings.push({ code: defect, detail: `${name} op ${op.seq}` });
    // Of other devices, what came by two scopes may have come in another order than it was made.
    if (isOwn && row.ord < ord) findings.push({ code: 'out-of-order', detail: `${name} op ${op.seq}` });
    seq = op.seq;
    prevHash = op.hash;
    ord = row.ord;
  }
  return findings;
}

/**
 * A restored file begins a new epoch (design.md §4). Ops of this machine in an epoch that the file does not know of, or in
 * an old one after a newer had begun, mean that two copies of it were at work: their numbers may be on paper twice.
 */
function checkEpochs(db: Database.Database): Finding[] {
  const device = readMeta(db, 'device');
  const current = Number(readMeta(db, 'epoch') ?? '1');
  const writtenIn = prepareWritten(db);
  const lastOrd = db.prepare('SELECT max(ord) FROM op WHERE device = ? AND epoch = ? AND seq <= ?').pluck();
  const key = device === null ? null : uuidToBlob(device);
  const rows = db
    .prepare('SELECT epoch, min(ord) AS first FROM op WHERE device = ? GROUP BY epoch ORDER BY epoch')
    .all(key) as { epoch: number; first: number }[];
  return rows.flatMap(({ epoch }, index): Finding[] => {
    const last = lastOrd.get(key, epoch, writtenIn(epoch)) as number | null;
    const next = rows[index + 1];
    if (epoch > current) return [{ code: 'epoch-clash', detail: `${device}: epoch ${epoch} beyond ${current}` }];
    if (next === undefined || last === null || last < next.first) return [];
    return [
      { code: 'epoch-clash', detail: `${device}: epoch ${epoch} goes on at op ord ${last}, after ${next.epoch}` },
    ];
  });
}

function checkDelivery(db: Database.Database): Finding[] {
  const findings: Finding[] = [];
  const states = db.prepare('SELECT device, epoch, acked, head FROM push_state').all() as {
    device: Uint8Array;
    epoch: number;
    acked: number;
    head: string;
  }[];
  const current = Number(readMeta(db, 'epoch') ?? '1');
  for (const { device, epoch, acked, head } of states) {
    if (acked === 0) continue;
    const op = db.prepare('SELECT hash FROM op WHERE device = ? AND epoch = ? AND seq = ?').get(device, epoch, acked) as
      | { hash: Uint8Array }
      | undefined;
    const name = `${blobToUuid(device)}/${epoch}`;
    // Of an epoch that is over the centre may have more than was left here.
    if (!op) {
      if (epoch === current) findings.push({ code: 'acked-beyond-log', detail: `${name}: ${acked}` });
    } else if (Buffer.from(op.hash).toString('hex') !== head)
      findings.push({ code: 'receipt-differs', detail: `${name}: ${acked}` });
  }
  return findings;
}

/**
 * Last op that was written here in an epoch of this machine: of the epochs that led to the present one, where the next
 * began; of any other, which a copy of these data wrote, none.
 */
function prepareWritten(db: Database.Database): (epoch: number) => number {
  const device = readMeta(db, 'device');
  const current = Number(readMeta(db, 'epoch') ?? '1');
  const rows = db
    // Of two in one epoch the later counts: the other went over from an epoch that nobody heard of.
    .prepare("SELECT * FROM op WHERE device = ? AND kind = 'epoch.began' ORDER BY epoch, seq")
    .all(device === null ? null : uuidToBlob(device)) as OpRow[];
  const began = new Map(rows.map((row) => [row.epoch, (opFromRow(row) as Op<'epoch.began'>).body.previous]));
  const ends = new Map<number, number>([[current, Number.MAX_SAFE_INTEGER]]);
  for (let epoch = current; ; ) {
    const previous = began.get(epoch);
    if (previous === undefined || previous.epoch >= epoch) break;
    ends.set(previous.epoch, previous.seq);
    epoch = previous.epoch;
  }
  return (epoch) => ends.get(epoch) ?? (epoch > current ? Number.MAX_SAFE_INTEGER : 0);
}
