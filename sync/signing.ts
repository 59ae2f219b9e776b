import type { PushAnswer } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import { headStatement } from '../domain/ledger/statements.ts';
import type { Authority } from '../link/signedLine.ts';
import { CentreError } from './centreError.ts';

/** @throws CentreError when somebody else speaks under an id that is known here */
export function believe({ identity }: Store, authority: Authority): void {
  if (!identity.believe(authority.device, authority.publicKey))
    throw new CentreError('refused', 'the key of the hub is not the one that is known here');
}

/** The author's word that everything of this chain up to this op is its own. */
export function signChain({ identity, ledger }: Store, head: { epoch: number; seq: number; hash: string }): string {
  return identity.key().sign(headStatement({ device: ledger.device, ...head }));
}

/** @throws CentreError for a receipt that nobody we know has signed, or for another chain than was asked about */
export function checkReceipt({ identity, ledger }: Store, epoch: number, { acked, head, receipt }: PushAnswer): void {
  if (!receipt) return;
  const isMeant =
    receipt.device === ledger.device && receipt.epoch === epoch && receipt.acked === acked && receipt.head === head;
  if (!isMeant || !identity.isGenuine(receipt)) throw new CentreError('protocol', 'a receipt that is not genuine');
}
