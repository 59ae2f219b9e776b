import type { Finding } from '../../contract/finding.ts';
import { type PushRequest, pushRequest } from '../../contract/sync.ts';
import { findOpDefect, genesisHash, type Op } from '../../domain/ledger/op.ts';
import { sha256Hex } from '../digest.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { blobToHash, uuidToBlob } from '../store/sqlite/blobs.ts';
import { prepareWaiting } from '../store/sqlite/waiting.ts';
import type { WaitingPush } from '../store/waitingTypes.ts';

/** What was promised to be judged is whole, and goes on where its chain ends in the log. */
export function checkWaiting(db: SqlDatabase): Finding[] {
  const store = prepareWaiting(db);
  const headOf = db.prepare<[Buffer, number], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM device_head WHERE device = ? AND epoch = ?',
  );
  /** By chain, where it ends with what was looked at so far. */
  const ends = new Map<string, { seq: number; hash: string }>();
  const findings: Finding[] = [];
  for (const push of store.waitingPushes()) {
    const { device, epoch, first, last, hash } = push;
    const chain = `${device}/${epoch}`;
    const head = headOf.get(uuidToBlob(device), epoch);
    const stored = head && { seq: head.seq, hash: blobToHash(head.hash) };
    const before = ends.get(chain) ?? stored ?? { seq: 0, hash: genesisHash(device, epoch, sha256Hex) };
    if (before.seq !== first - 1)
      findings.push({ code: 'gap', detail: `${chain}: ${first} waits after ${before.seq}` });
    else if (!isWhole(push, store.waitingText(push), before.hash))
      findings.push({ code: 'hash', detail: `${chain}: ${first} to ${last}, which wait to be judged` });
    ends.set(chain, { seq: last, hash });
  }
  return findings;
}

function isWhole(push: WaitingPush, text: string | null, before: string): boolean {
  const ops = text === null ? null : opsIn(text);
  if (ops === null || ops.at(-1)?.hash !== push.hash || ops.length !== push.last - push.first + 1) return false;
  let hash = before;
  return ops.every((op, index) => {
    const isNext = op.seq === push.first + index && findOpDefect(op as Op, hash, sha256Hex) === null;
    hash = op.hash;
    return isNext;
  });
}

function opsIn(text: string): PushRequest['ops'] | null {
  try {
    return pushRequest.parse(JSON.parse(text)).ops;
  } catch {
    return null;
  }
}
