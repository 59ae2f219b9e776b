import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import type { Op } from '../domain/ledger/op.ts';
import { type CentreApi, CentreError } from './centreApi.ts';

/** Room left for the request's frame around the ops. */
const BATCH_BYTES = PUSH_MAX_BYTES - 4096;

/**
 * Sends own ops in order until the centre has them all. Safe to repeat at any point: the centre knows each op by
 * `(device, epoch, seq)`, and nothing is taken off the log here before its acknowledgement is committed.
 * @param onAcked streams of which ops are now durable at the centre
 * @returns the centre's clock at the last answer, or null when there was nothing to send
 * @throws CentreError; `forked` when the centre has other ops under our numbers, which a person must look at
 */
export async function pushAll(
  store: Store,
  api: CentreApi,
  onAcked: (streams: string[]) => void,
): Promise<string | null> {
  let centreTime: string | null = null;
  for (const epoch of store.delivery.unsentEpochs()) centreTime = await pushEpoch(store, api, epoch, onAcked);
  return centreTime;
}

async function pushEpoch(
  store: Store,
  api: CentreApi,
  epoch: number,
  onAcked: (streams: string[]) => void,
): Promise<string | null> {
  const readBatch = (after: number) => takeBatch(store.ledger.readAfter(after, PUSH_MAX_OPS, epoch));
  let from = store.delivery.progress(epoch).acked;
  let ahead: Op[] = [];
  let centreTime: string | null = null;
  for (;;) {
    const ops = ahead[0]?.seq === from + 1 ? ahead : readBatch(from);
    if (ops.length === 0) return centreTime;
    try {
      const last = ops.at(-1)?.seq ?? from;
      const answering = api.push({ device: store.ledger.device, epoch, ops: ops as never });
      // A full batch is followed by another: that one is read while the centre is busy with this one.
      const readAhead = async () => (ops.length === PUSH_MAX_OPS ? readBatch(last) : []);
      const [answer, next] = await Promise.all([answering, readAhead()]);
      ahead = next;
      const seqOf = new Map(ops.map((op) => [op.op_id, op.seq]));
      const setAside = answer.results.flatMap(({ op_id, outcome, code }) => {
        const seq = seqOf.get(op_id);
        return outcome === 'applied' || seq === undefined ? [] : [{ seq, outcome, code: code ?? 'unknown' }];
      });
      const reached = { acked: answer.acked, head: answer.head };
      store.delivery.recordPush(reached, setAside, answer.centreTime, epoch, ops[0]?.seq);
      centreTime = answer.centreTime;
      from = answer.acked;
      onAcked([...new Set(ops.map((op) => op.stream))]);
    } catch (error) {
      // A centre that lost its tail asks again from an earlier number; that must go backwards, or it is no gap of ours.
      if (error instanceof CentreError && error.kind === 'gap' && error.expected !== null && error.expected <= from) {
        from = error.expected - 1;
        continue;
      }
      throw error;
    }
  }
}

/**
 * Learns what became of ops that the hub held, up to the first that it still holds.
 * @returns streams that are further than before
 * @throws CentreError
 */
export async function settleHeld(store: Store, api: CentreApi): Promise<string[]> {
  const streams: string[] = [];
  for (const { epoch, first } of store.delivery.heldEpochs()) {
    let after = first - 1;
    for (;;) {
      const results = await api.outcomes(epoch, after);
      streams.push(...store.delivery.settle(epoch, results));
      const last = results.at(-1);
      if (last === undefined || last.outcome === 'held' || last.seq <= after) break;
      after = last.seq;
    }
  }
  return [...new Set(streams)];
}

/** As many ops as fit one request; always at least one. */
export function takeBatch(ops: readonly Op[], maxBytes = BATCH_BYTES): Op[] {
  const batch: Op[] = [];
  let bytes = 0;
  for (const op of ops) {
    bytes += Buffer.byteLength(JSON.stringify(op)) + 1;
    if (batch.length > 0 && bytes > maxBytes) break;
    batch.push(op);
  }
  return batch;
}
