import type { OpEnvelope } from '../../contract/ops.ts';
import type { SignedHead } from '../../contract/signing.ts';
import { headStatement } from '../../domain/ledger/statements.ts';
import type { Signatures } from '../../signing/signatures.ts';
import type { DeviceKey, IdentityStore, KnownSignedHead } from '../store/identityTypes.ts';

interface HeadCheck {
  store: Pick<IdentityStore, 'keysOf'>;
  signatures: Signatures;
}

/**
 * Those that their devices signed, with a key they have or had: a hub may hold what was signed before an enrolment anew. The
 * others say nothing. Outside the write lock, since each takes 0.1 ms.
 */
export async function checkHeads(
  { store, signatures }: HeadCheck,
  heads: readonly SignedHead[],
): Promise<KnownSignedHead[]> {
  const checked = heads.map(async (head): Promise<KnownSignedHead[]> => {
    const text = headStatement(head);
    for (const publicKey of store.keysOf(head.device)) {
      if (await signatures.isSigned(publicKey, text, head.signature)) return [{ ...head, publicKey }];
    }
    return [];
  });
  return (await Promise.all(checked)).flat();
}

/**
 * The ops for which their authors answer: each that a chain of hashes joins to a head that was signed. That an op has the
 * hash it names is checked where it is taken.
 */
export function signedOps(ops: readonly OpEnvelope[], heads: readonly SignedHead[]): Set<OpEnvelope> {
  const signed = new Set(heads.map(({ device, epoch, seq, hash }) => `${device}/${epoch}/${seq}/${hash}`));
  /** Of each chain, what the op before the last one found must be. */
  const wanted = new Map<string, { seq: number; hash: string }>();
  const found = new Set<OpEnvelope>();
  for (const op of ops.toReversed()) {
    const chain = `${op.device}/${op.epoch}`;
    const before = wanted.get(chain);
    const isJoined = before?.seq === op.seq && before.hash === op.hash;
    if (!isJoined && !signed.has(`${chain}/${op.seq}/${op.hash}`)) continue;
    found.add(op);
    wanted.set(chain, { seq: op.seq - 1, hash: op.prev_hash });
  }
  return found;
}

/** Handed over, if at all, before the device had a key. */
export function isBefore({ from }: DeviceKey, { epoch, seq }: Pick<OpEnvelope, 'epoch' | 'seq'>): boolean {
  return epoch < from.epoch || (epoch === from.epoch && seq <= from.seq);
}
