import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import { Pace } from '../link/pace.ts';
import { Answers } from './answers.ts';
import type { CentreApi } from './centreApi.ts';
import { type PushApi, PushRun } from './pushRun.ts';

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
 * @param rows ops in one push at most
 * @throws CentreError; `forked` when the centre has other ops under our numbers, which a person must look at
 */
export async function pushAll(
  store: Store,
  api: PushApi,
  onAcked: (streams: string[]) => void,
  pace = createPushPace(),
  rows = PUSH_MAX_OPS,
): Promise<void> {
  for (const epoch of store.delivery.unsentEpochs()) {
    const answers = new Answers(store, epoch, onAcked);
    // Also when the line fails: what was answered before is known.
    await new PushRun({ store, api, epoch, answers, pace, rows }).run().finally(() => answers.write());
  }
}

/**
 * Learns what became of ops that the hub held, up to the first that it still holds, and of those that the centre had parked.
 * @returns streams that are further than before
 * @throws CentreError
 */
export async function settleSetAside(store: Store, api: Pick<CentreApi, 'outcomes'>): Promise<string[]> {
  const { delivery } = store;
  const streams: string[] = [];
  let open = delivery.results.nextUnsettled({ epoch: 0, seq: 0 });
  while (open) {
    const { epoch, seq } = open;
    const results = await api.outcomes(epoch, seq - 1);
    streams.push(...delivery.results.settle(epoch, results));
    const last = results.at(-1);
    const isHeld = last === undefined || last.outcome === 'held' || last.seq < seq;
    open = delivery.results.nextUnsettled({ epoch, seq: isHeld ? Number.MAX_SAFE_INTEGER : last.seq });
  }
  return [...new Set(streams)];
}
