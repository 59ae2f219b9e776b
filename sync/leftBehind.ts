import { PROTOCOL_VERSIONS } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import type { Op } from '../domain/ledger/op.ts';
import type { ChainApi } from './centreApi.ts';

/**
 * Own ops of earlier epochs that wait here and can never be taken under their numbers: a newer epoch has closed their chain, or
 * others stand in their places. What whoever answers has of them stays: sent once more, it is answered as the first time.
 * @param newest epoch of this machine known there
 * @returns in the order of epochs and numbers
 */
export async function findLeftBehind(
  store: Store,
  api: Pick<ChainApi, 'hello' | 'chainHash'>,
  newest: number,
): Promise<Op[]> {
  const { ledger, delivery } = store;
  const left: Op[] = [];
  for (const epoch of delivery.unsentEpochs()) {
    if (epoch >= newest || epoch >= ledger.epoch) continue;
    const seqs = ledger.seqsOf(epoch);
    const last = seqs.at(-1) ?? 0;
    const { acked } = await api.hello({
      versions: [...PROTOCOL_VERSIONS],
      device: ledger.device,
      epoch,
      seq: last,
      hash: ledger.hashAt(last, epoch) ?? '',
    });
    const there = await findLastAtCentre(
      store,
      api,
      epoch,
      seqs.filter((seq) => seq <= acked),
    );
    left.push(...ledger.readAfter(Math.max(there, delivery.progress(epoch).acked), Number.MAX_SAFE_INTEGER, epoch));
  }
  return left;
}

/** The last own op of the epoch that the centre has too. A chain hash stands for everything before it. */
export async function findLastAtCentre(
  store: Store,
  api: Pick<ChainApi, 'hello' | 'chainHash'>,
  epoch: number,
  seqs: readonly number[],
): Promise<number> {
  let low = -1;
  let high = seqs.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const seq = seqs[middle] ?? 0;
    const theirs = await api.chainHash(epoch, seq);
    // A hub vouches for what came to the centre by another way.
    if (theirs === null || theirs === store.ledger.hashAt(seq, epoch)) low = middle;
    else high = middle;
  }
  return seqs[low] ?? 0;
}
