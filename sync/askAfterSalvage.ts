import { PROTOCOL_VERSIONS } from '../contract/sync.ts';
import { readMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import type { ChainApi } from './centreApi.ts';
import { findLastAtCentre } from './leftBehind.ts';

/**
 * After a salvage (ADR 0041): asks what the centre has of each own chain that has a gap now, before anything is sent. What
 * it has stays under its numbers; what comes after can never be taken there and goes over into a new epoch, with the ids it
 * has. An id is thus never sent twice under two numbers.
 * @param onHub as of `ensureContinuity`
 */
export async function askAfterSalvage(
  store: Store,
  api: Pick<ChainApi, 'hello' | 'chainHash'>,
  now: () => number,
  onHub: (hub: { fence: number; spreadMs: number }) => void,
): Promise<void> {
  const { ledger } = store;
  for (const epoch of readGaps(store)) {
    const seqs = ledger.seqsOf(epoch);
    const last = seqs.at(-1) ?? 0;
    const hello = await api.hello({
      versions: [...PROTOCOL_VERSIONS],
      device: ledger.device,
      epoch,
      seq: last,
      hash: ledger.hashAt(last, epoch) ?? '',
    });
    onHub({ fence: hello.fence ?? 0, spreadMs: hello.spreadMs ?? 0 });
    const there = await findLastAtCentre(
      store,
      api,
      epoch,
      seqs.filter((seq) => seq <= hello.acked),
    );
    const next = firstBehind(epoch, seqs, there, hello);
    ledger.transact(() => {
      if (next !== null) {
        const previous = { epoch, seq: wholeUpTo(seqs.filter((seq) => seq < next)) };
        ledger.beginEpochWith({ reason: 'restored' }, previous, next, Math.max(hello.newestEpoch, ledger.epoch));
      }
      // What became of those it has beyond our receipt is not known here: sent once more, each is answered as the first time.
      const { acked } = store.delivery.progress(epoch);
      const at = new Date(now()).toISOString();
      if (!seqs.some((seq) => seq > acked && seq <= there))
        store.delivery.recordPush({ acked: hello.acked, head: hello.head }, [], at, epoch);
      forgetGap(store, epoch);
    });
  }
}

/** @returns the first op that the centre can never take under its number; null when there is none */
function firstBehind(
  epoch: number,
  seqs: readonly number[],
  there: number,
  { acked, newestEpoch }: { acked: number; newestEpoch: number },
): number | null {
  const rest = seqs.filter((seq) => seq > there);
  // A newer epoch closed the chain, or under our numbers stand other ops.
  if (newestEpoch > epoch || rest.some((seq) => seq <= acked)) return rest[0] ?? null;
  return rest.find((seq, index) => seq !== acked + 1 + index) ?? null;
}

function wholeUpTo(seqs: readonly number[]): number {
  let whole = 0;
  while (seqs[whole] === whole + 1) whole += 1;
  return whole;
}

function readGaps({ db }: Store): number[] {
  const text = readMeta(db, 'gaps-to-ask') ?? '';
  return text === '' ? [] : text.split(',').map(Number);
}

function forgetGap(store: Store, epoch: number): void {
  const left = readGaps(store).filter((each) => each !== epoch);
  store.db.prepare("UPDATE meta SET value = ? WHERE name = 'gaps-to-ask'").run(left.join(','));
}
