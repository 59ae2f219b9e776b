import type { Receipt } from '../../contract/signing.ts';
import { receiptStatement } from '../../domain/ledger/statements.ts';
import type { SigningKey } from '../../signing/key.ts';
import type { Signatures } from '../../signing/signatures.ts';
import { chainHead } from '../ledger/plan.ts';
import type { CentreStore } from '../store/types.ts';

export interface ReceiptOptions {
  store: Pick<CentreStore, 'self' | 'chains' | 'noteContradicted'>;
  ownKey: SigningKey;
  signatures: Signatures;
  now: () => number;
}

/** What this machine promises to its terminals, signed; and what it finds when they show it. */
export class Receipts {
  readonly #options: ReceiptOptions;

  constructor(options: ReceiptOptions) {
    this.#options = options;
  }

  /** Of ops that are durable. */
  async give(device: string, epoch: number, { acked, head }: { acked: number; head: string }): Promise<Receipt> {
    const { store, ownKey, signatures, now } = this.#options;
    const promised = { by: store.self.device, device, epoch, acked, head, at: new Date(now()).toISOString() };
    return { ...promised, signature: await signatures.sign(ownKey, receiptStatement(promised)) };
  }

  /**
   * A receipt of ours for more than is here, or for something else: this log was cut or written anew. It stands on record
   * until a person has looked at it; the terminal sends again what it has.
   */
  async compare(
    device: string,
    receipt: Receipt,
    log: { error: (fields: object, message: string) => void },
  ): Promise<void> {
    const { store, ownKey, signatures, now } = this.#options;
    const { by, epoch, acked, head, signature } = receipt;
    if (by !== store.self.device || receipt.device !== device) return;
    const isThere = store.chains.findOp(device, epoch, acked)?.hash === head;
    const isVouchedFor = acked <= store.chains.baseOf(device, epoch);
    if (isThere || isVouchedFor) return;
    if (!(await signatures.isSigned(ownKey.publicKey, receiptStatement(receipt), signature))) return;
    store.noteContradicted(device, epoch, acked, now());
    const { seq } = chainHead(store.chains, device, epoch);
    log.error({ device, epoch, acked, here: seq }, 'a receipt of ours is for ops that are not here');
  }
}
