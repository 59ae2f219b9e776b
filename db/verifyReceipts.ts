import type Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import { Identity } from './identity.ts';
import { uuidToBlob } from './ids.ts';
import { readMeta } from './meta.ts';

/**
 * What hub and centre have signed for is still here, as it was: who writes a chain anew, with all its hashes, cannot write
 * their receipts.
 */
export function checkReceipts(db: Database.Database): Finding[] {
  const identity = new Identity(db, () => 0);
  const current = Number(readMeta(db, 'epoch') ?? '1');
  const hashOf = db.prepare('SELECT hash FROM op WHERE device = ? AND epoch = ? AND seq = ?').pluck();
  return identity.receipts().flatMap((receipt): Finding[] => {
    const { device, epoch, acked, head } = receipt;
    const name = `${device}/${epoch}: ${acked}`;
    if (!identity.isGenuine(receipt)) return [{ code: 'receipt-forged', detail: name }];
    const hash = hashOf.get(uuidToBlob(device), epoch, acked) as Uint8Array | undefined;
    if (hash) return Buffer.from(hash).toString('hex') === head ? [] : [{ code: 'receipt-differs', detail: name }];
    // Of an epoch that is over, its end may have been left where the data were lost.
    return epoch < current ? [] : [{ code: 'acked-beyond-log', detail: name }];
  });
}
