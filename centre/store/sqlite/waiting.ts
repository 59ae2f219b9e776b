import type { SqlDatabase } from '../sqlDatabase.ts';
import type { WaitingChanges, WaitingName, WaitingStore } from '../waitingTypes.ts';
import { blobToHash, blobToUuid, hashToBlob, uuidToBlob } from './blobs.ts';
import { WAITING_SQL } from './waitingSql.ts';

interface WaitingRow {
  device: Buffer;
  epoch: number;
  first: number;
  last: number;
  hash: Buffer;
  hall: string;
  terminal: string | null;
  arrival: number;
  received_at: number;
  signature: string | null;
  public_key: string | null;
}

export function prepareWaiting(db: SqlDatabase): WaitingStore {
  const waitingPushes = db.prepare<[], WaitingRow>(WAITING_SQL.waitingPushes);
  const waitingText = db.prepare<[Buffer, number, number], { text: Buffer }>(WAITING_SQL.waitingText);
  return {
    waitingPushes: () =>
      waitingPushes.all().map(({ received_at, signature, public_key, ...row }) => ({
        ...row,
        device: blobToUuid(row.device),
        hash: blobToHash(row.hash),
        receivedAt: received_at,
        signed: signature !== null && public_key !== null ? { signature, publicKey: public_key } : null,
      })),
    waitingText: (name) => waitingText.get(...keyOf(name))?.text.toString('utf8') ?? null,
  };
}

/** Within the transaction of a decision. */
export function prepareWaitingWrite(db: SqlDatabase): (changes: WaitingChanges) => void {
  const add = db.prepare(WAITING_SQL.addWaiting);
  const remove = db.prepare(WAITING_SQL.removeWaiting);
  return (changes) => {
    for (const { text, signed, ...push } of changes.add) {
      add.run(
        uuidToBlob(push.device),
        push.epoch,
        push.first,
        push.last,
        hashToBlob(push.hash),
        push.hall,
        push.terminal,
        push.arrival,
        push.receivedAt,
        signed?.signature ?? null,
        signed?.publicKey ?? null,
        text,
      );
    }
    for (const name of changes.remove) {
      // Of several centres on one database another may have judged it: then its ops were known, and nothing happened twice.
      remove.run(...keyOf(name));
    }
  };
}

function keyOf({ device, epoch, last }: WaitingName): [Buffer, number, number] {
  return [uuidToBlob(device), epoch, last];
}
