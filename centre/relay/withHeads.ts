import type { SignedHead } from '../../contract/signing.ts';
import type { IdentityStore } from '../store/identityTypes.ts';
import type { ForwardEntry } from '../store/relayTypes.ts';

/**
 * What the authors of these ops signed of them. Ops that a terminal signed together go together: of a push that reaches
 * beyond this batch nothing is sent with it.
 */
export function withHeads(
  store: Pick<IdentityStore, 'signedHeads'>,
  entries: readonly ForwardEntry[],
): { entries: readonly ForwardEntry[]; heads: SignedHead[] } {
  const chains = new Map<string, { device: string; epoch: number; first: number; last: number }>();
  for (const { op } of entries) {
    const { device, epoch, seq } = op;
    const chain = chains.get(`${device}/${epoch}`);
    if (chain) chain.last = seq;
    else chains.set(`${device}/${epoch}`, { device, epoch, first: seq, last: seq });
  }
  const heads: SignedHead[] = [];
  const cutAfter = new Map<string, number>();
  for (const [name, { device, epoch, first, last }] of chains) {
    const known = store.signedHeads(device, epoch, first - 1, Number.MAX_SAFE_INTEGER);
    const here = known.filter(({ seq }) => seq <= last);
    heads.push(...here.map(({ publicKey: _known, ...head }) => head));
    const end = here.at(-1)?.seq ?? first - 1;
    if (end < last && known.length > here.length) cutAfter.set(name, end);
  }
  const whole = entries.filter(({ op }) => op.seq <= (cutAfter.get(`${op.device}/${op.epoch}`) ?? op.seq));
  // More than one batch holds, signed as one: nobody made that by our program. The centre decides.
  return { entries: whole.length > 0 ? whole : entries, heads };
}
