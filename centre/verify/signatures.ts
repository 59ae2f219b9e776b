import type { Finding } from '../../contract/finding.ts';
import { headStatement } from '../../domain/ledger/statements.ts';
import { isSignedSync } from '../../signing/check.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { blobToHash, blobToUuid } from '../store/sqlite/blobs.ts';

interface HeadRow {
  device: Buffer;
  epoch: number;
  seq: number;
  hash: Buffer;
  signature: Buffer;
  public_key: string;
  /** Of the op that is here under this number. */
  here: Buffer | null;
  /** Up to here the chain went to the centre by another way. */
  base: number | null;
  /** Whether the device ever had this key. */
  known: number;
}

/**
 * What the authors signed is what is here, and there is nothing of theirs beyond it: who has this file and its key can write
 * chains anew, but not sign them.
 */
export function checkSignatures(db: SqlDatabase): Finding[] {
  return [...checkHeads(db), ...checkUnsigned(db), ...checkContradicted(db)];
}

function checkHeads(db: SqlDatabase): Finding[] {
  const rows = db
    .prepare(`
      SELECT signed_head.*, op.hash AS here, chain_base.seq AS base, EXISTS (SELECT 1 FROM device_key
        WHERE device_key.device = signed_head.device AND device_key.public_key = signed_head.public_key) AS known
      FROM signed_head LEFT JOIN op
        ON op.device = signed_head.device AND op.epoch = signed_head.epoch AND op.seq = signed_head.seq
      LEFT JOIN chain_base ON chain_base.device = signed_head.device AND chain_base.epoch = signed_head.epoch`)
    .iterate() as IterableIterator<HeadRow>;
  const findings: Finding[] = [];
  for (const row of rows) {
    const [device, hash] = [blobToUuid(row.device), blobToHash(row.hash)];
    const detail = `${device}/${row.epoch} op ${row.seq}`;
    const text = headStatement({ device, epoch: row.epoch, seq: row.seq, hash });
    if (row.known === 0 || !isSignedSync(row.public_key, text, row.signature.toString('base64url')))
      findings.push({ code: 'signature-forged', detail });
    else if (row.here === null ? row.seq > (row.base ?? 0) : !row.here.equals(row.hash))
      findings.push({ code: 'signed-head-differs', detail });
  }
  return findings;
}

/** Chains of terminals alone: a hub signs what it sends, not what it writes. */
function checkUnsigned(db: SqlDatabase): Finding[] {
  const rows = db
    .prepare(`
      WITH first_key AS (
        SELECT device_key.device, from_epoch, from_seq FROM device_key
        JOIN (SELECT device, min(id) AS id FROM device_key WHERE public_key IS NOT NULL GROUP BY device) AS first
          ON first.id = device_key.id
        JOIN device ON device.id = device_key.device AND device.kind = 'terminal'
      )
      SELECT device_head.device, device_head.epoch, device_head.seq,
        coalesce((SELECT max(signed_head.seq) FROM signed_head
          WHERE signed_head.device = device_head.device AND signed_head.epoch = device_head.epoch), 0) AS signed,
        CASE WHEN device_head.epoch = from_epoch THEN from_seq ELSE 0 END AS before,
        coalesce((SELECT chain_base.seq FROM chain_base
          WHERE chain_base.device = device_head.device AND chain_base.epoch = device_head.epoch), 0) AS base
      FROM device_head JOIN first_key ON first_key.device = device_head.device
      WHERE device_head.epoch >= from_epoch`)
    .all() as { device: Buffer; epoch: number; seq: number; signed: number; before: number; base: number }[];
  return rows.flatMap(({ device, epoch, seq, signed, before, base }): Finding[] => {
    const end = Math.max(signed, before, base);
    return seq <= end ? [] : [{ code: 'unsigned-ops', detail: `${blobToUuid(device)}/${epoch}: ${end + 1} to ${seq}` }];
  });
}

function checkContradicted(db: SqlDatabase): Finding[] {
  const rows = db.prepare('SELECT device, epoch, acked FROM contradicted_receipt').all() as {
    device: Buffer;
    epoch: number;
    acked: number;
  }[];
  return rows.map(({ device, epoch, acked }) => ({
    code: 'cut-below-receipt',
    detail: `${blobToUuid(device)}/${epoch}: ${acked}`,
  }));
}
