import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import type { Op } from '../domain/ledger/op.ts';
import { Pace } from '../link/pace.ts';
import { type CentreApi, CentreError } from './centreApi.ts';
import { checkReceipt, signChain } from './signing.ts';

/** Room left for the frame around the ops, also where a hub sends them on: what is signed together goes together. */
const BATCH_BYTES = PUSH_MAX_BYTES - 128 * 1024;
/** Bytes of one push: on a slow line few, or whoever waits for an answer waits for all of them. */
const PACE = { first: 64 * 1024, min: 16 * 1024, max: BATCH_BYTES, targetMs: 400 };

/** How much this machine's line takes in one push; kept from one run to the next. */
export const createPushPace = (): Pace => new Pace(PACE);

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
  pace = createPushPace(),
): Promise<string | null> {
  let centreTime: string | null = null;
  for (const epoch of store.delivery.unsentEpochs()) centreTime = await pushEpoch(store, api, epoch, onAcked, pace);
  return centreTime;
}

async function pushEpoch(
  store: Store,
  api: CentreApi,
  epoch: number,
  onAcked: (streams: string[]) => void,
  pace: Pace,
): Promise<string | null> {
  const readBatch = (after: number): Batch => takeBatch(store.ledger.readAfter(after, PUSH_MAX_OPS, epoch), pace.size);
  let from = store.delivery.progress(epoch).acked;
  let ahead: Batch | null = null;
  let centreTime: string | null = null;
  for (;;) {
    const batch: Batch = ahead?.ops[0]?.seq === from + 1 ? ahead : readBatch(from);
    const { ops, bytes } = batch;
    if (ops.length === 0) return centreTime;
    try {
      const last = ops.at(-1)?.seq ?? from;
      const startedAt = performance.now();
      const signature = api.isSigning ? signChain(store, ops.at(-1) as Op) : undefined;
      const device = store.ledger.device;
      const answering = api.push({ device, epoch, ops: ops as never, ...(signature && { signature }) });
      answering.then(
        () => pace.note(bytes, performance.now() - startedAt),
        () => {},
      );
      // A full batch is followed by another: that one is read while the centre is busy with this one.
      const readAhead = async (): Promise<Batch | null> => (ops.length === PUSH_MAX_OPS ? readBatch(last) : null);
      const [answer, next] = await Promise.all([answering, readAhead()]);
      checkReceipt(store, epoch, answer);
      ahead = next;
      const seqOf = new Map(ops.map((op) => [op.op_id, op.seq]));
      const setAside = answer.results.flatMap(({ op_id, outcome, code }) => {
        const seq = seqOf.get(op_id);
        return outcome === 'applied' || seq === undefined ? [] : [{ seq, outcome, code: code ?? 'unknown' }];
      });
      const reached = { acked: answer.acked, head: answer.head };
      store.ledger.transact(() => {
        store.delivery.recordPush(reached, setAside, answer.centreTime, epoch, ops[0]?.seq);
        if (answer.receipt) store.identity.saveReceipt(answer.receipt);
      });
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

interface Batch {
  ops: Op[];
  bytes: number;
}

/** As many ops as fit one request; always at least one. */
function takeBatch(ops: readonly Op[], maxBytes: number): Batch {
  const batch: Op[] = [];
  let bytes = 0;
  for (const op of ops) {
    const size = Buffer.byteLength(JSON.stringify(op)) + 1;
    if (batch.length > 0 && bytes + size > maxBytes) break;
    batch.push(op);
    bytes += size;
  }
  return { ops: batch, bytes };
}
