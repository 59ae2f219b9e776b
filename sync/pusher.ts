import { PUSH_MAX_BYTES, PUSH_MAX_OPS, type PushAnswer } from '../contract/sync.ts';
import type { PushProgress } from '../db/delivery.ts';
import type { OutgoingBatch, OutgoingOp } from '../db/outgoing.ts';
import type { Store } from '../db/store.ts';
import { Pace } from '../link/pace.ts';
import { Answers } from './answers.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
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
 * @throws CentreError; `forked` when the centre has other ops under our numbers, which a person must look at
 */
export async function pushAll(
  store: Store,
  api: CentreApi,
  onAcked: (streams: string[]) => void,
  pace = createPushPace(),
): Promise<void> {
  for (const epoch of store.delivery.unsentEpochs()) {
    const answers = new Answers(store, epoch, onAcked);
    // Also when the line fails: what was answered before is known.
    await pushEpoch(store, api, epoch, answers, pace).finally(() => answers.write());
  }
}

/**
 * One request is on the line at a time, since a gap is refused. While the centre is busy with it the next is read; with its
 * answer the next goes out, and only then is the answer written down: the centre waits for nothing but the line.
 */
async function pushEpoch(store: Store, api: CentreApi, epoch: number, answers: Answers, pace: Pace): Promise<void> {
  const read = (after: number): OutgoingBatch =>
    store.outgoing.read(epoch, after, { rows: PUSH_MAX_OPS, bytes: pace.size });
  let isBacklog = false;
  const sendNext = (batch: OutgoingBatch): Sent | null => {
    // More is there than one push takes: let the other side judge when all of it is there, the last push included.
    isBacklog ||= batch.isFull;
    return send(store, api, epoch, batch, pace, isBacklog);
  };
  let from = store.delivery.progress(epoch).acked;
  let sent = sendNext(read(from));
  while (sent) {
    const { ops } = sent.batch;
    const ahead = sent.batch.isFull ? await readAhead(store, () => read(ops.at(-1)?.seq ?? from)) : null;
    let answer: PushAnswer;
    try {
      answer = await sent.answer;
    } catch (error) {
      // A centre that lost its tail asks again from an earlier number; that must go backwards, or it is no gap of ours.
      if (error instanceof CentreError && error.kind === 'gap' && error.expected !== null && error.expected <= from) {
        from = error.expected - 1;
        sent = sendNext(read(from));
        continue;
      }
      if (error instanceof CentreError && isBehindHole(store, epoch, error)) return passOver(store, epoch);
      throw error;
    }
    checkReceipt(store, epoch, answer);
    const spokenFor = whatIsKnown(store, epoch, ops, answer);
    from = spokenFor.acked;
    // What was read ahead is of no use once the chain goes on in another epoch, or elsewhere.
    const isNext = ahead?.batch.ops[0]?.seq === from + 1 && ahead.epoch === store.ledger.epoch;
    sent = sendNext(isNext ? ahead.batch : read(from));
    if (sent) await hasLeft();
    answers.take(ops, answer, spokenFor);
  }
}

/**
 * What is missing is not here either: of an epoch that is over, what lies behind it came back by a scope, from a life that is
 * lost, and an op before it was rejected and does not come. Who asks for it has all of that by another way.
 */
function isBehindHole({ ledger }: Store, epoch: number, { kind, expected }: CentreError): boolean {
  return kind === 'gap' && expected !== null && epoch !== ledger.epoch && ledger.hashAt(expected, epoch) === null;
}

function passOver({ ledger, delivery }: Store, epoch: number): void {
  const acked = ledger.seqsOf(epoch).at(-1) ?? 0;
  delivery.recordPush({ acked, head: ledger.hashAt(acked, epoch) ?? '' }, [], new Date().toISOString(), epoch);
}

interface Sent {
  batch: OutgoingBatch;
  answer: Promise<PushAnswer>;
}

/** @returns null: there is nothing to send */
function send(
  store: Store,
  api: CentreApi,
  epoch: number,
  batch: OutgoingBatch,
  pace: Pace,
  isBacklog: boolean,
): Sent | null {
  const { ops, bytes } = batch;
  const last = ops.at(-1);
  if (!last) return null;
  const signature = api.isSigning ? signChain(store, { epoch, seq: last.seq, hash: last.hash }) : undefined;
  const head = JSON.stringify({ device: store.ledger.device, epoch, ...(signature && { signature }) });
  const startedAt = performance.now();
  const request = Buffer.concat([Buffer.from(`${head.slice(0, -1)},"ops":[`), ...joined(ops), CLOSING]);
  const writesIn = epoch === store.ledger.epoch ? undefined : store.ledger.epoch;
  const answer = api.push(request, { writesIn, isBacklog });
  // Also of one whose answer nobody waits for any more, since what came before it could not be written down.
  answer.then(
    () => pace.note(bytes, performance.now() - startedAt),
    () => {},
  );
  return { batch, answer };
}

const COMMA = Buffer.from(',');
const CLOSING = Buffer.from(']}');

function joined(ops: readonly OutgoingOp[]): Uint8Array[] {
  return ops.flatMap(({ json }, index) => (index === 0 ? [json] : [COMMA, json]));
}

/** What was handed to the line just now is on its way: whatever takes long here comes after it. */
const hasLeft = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function readAhead(store: Store, read: () => OutgoingBatch): Promise<{ batch: OutgoingBatch; epoch: number }> {
  await hasLeft();
  return { batch: read(), epoch: store.ledger.epoch };
}

/**
 * An answer tells what became of the ops that were sent. Of those behind them the other side may have some too, from a life
 * that nobody here remembers: what became of these is not known before they have been sent as well.
 */
function whatIsKnown(
  { ledger }: Store,
  epoch: number,
  ops: readonly OutgoingOp[],
  { acked, head }: PushAnswer,
): PushProgress {
  const last = ops.at(-1);
  if (!last || acked <= last.seq) return { acked, head };
  // In an epoch that is over nothing is written any more: what is not here was written by a life that is lost.
  const isAll = epoch !== ledger.epoch && ledger.readAfter(last.seq, 1, epoch).length === 0;
  return isAll ? { acked, head } : { acked: last.seq, head: last.hash };
}

/**
 * Learns what became of ops that the hub held, up to the first that it still holds, and of those that the centre had parked.
 * @returns streams that are further than before
 * @throws CentreError
 */
export async function settleSetAside(store: Store, api: CentreApi): Promise<string[]> {
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
