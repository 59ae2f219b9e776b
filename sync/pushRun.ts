import type { PushAnswer } from '../contract/sync.ts';
import type { PushProgress } from '../db/delivery.ts';
import type { OutgoingBatch, OutgoingOp } from '../db/outgoing.ts';
import type { Store } from '../db/store.ts';
import type { Pace } from '../link/pace.ts';
import type { Answers } from './answers.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import { checkReceipt, signChain } from './signing.ts';

/**
 * Pushes on the line at a time, once the other side holds what comes: one of them it works on, one lies at its door, and
 * one is being written here, so that neither side waits for the other.
 */
const TOGETHER = 3;

/** What of hub or centre a push needs. */
export type PushApi = Pick<CentreApi, 'isSigning' | 'push'>;

export interface PushRunOptions {
  store: Store;
  api: PushApi;
  epoch: number;
  answers: Answers;
  pace: Pace;
  /** Ops in one push at most. */
  rows: number;
}

interface Sent {
  batch: OutgoingBatch;
  answer: Promise<PushAnswer>;
  /** The one before it had not been answered when it was sent. */
  isBehind: boolean;
}

/** Read before there was room on the line for it. */
interface ReadAhead {
  batch: OutgoingBatch;
  /** Number of the op after which it was read. */
  after: number;
  /** The epoch in which this machine wrote then. */
  writesIn: number;
}

/**
 * Sends own ops of one epoch until the other side has them all. As a gap is refused, one push is on the line at a time;
 * several only to who holds a backlog, and holds it in the order in which it comes. While the other side is busy the next is
 * read, and an answer is written down after the next has gone out: nobody waits for anything but the line.
 */
export class PushRun {
  readonly #options: PushRunOptions;
  /** The oldest first. */
  #underWay: Sent[] = [];
  #ahead: ReadAhead | null = null;
  #atOnce = 1;
  /** One overtook another on the line: from then on they go one by one. */
  #isOutOfOrder = false;
  #isBacklog = false;
  /** Number of the last op that the other side has. */
  #acked: number;
  /** Of the last that was sent. */
  #sent: number;

  constructor(options: PushRunOptions) {
    this.#options = options;
    this.#acked = options.store.delivery.progress(options.epoch).acked;
    this.#sent = this.#acked;
  }

  /** @throws CentreError */
  async run(): Promise<void> {
    this.#send();
    for (let oldest = this.#underWay.shift(); oldest; oldest = this.#underWay.shift()) {
      await this.#readAhead(this.#underWay.at(-1) ?? oldest);
      let answer: PushAnswer;
      try {
        answer = await oldest.answer;
      } catch (error) {
        await this.#letGo();
        if (this.#canGoOn(error, oldest)) this.#send();
        continue;
      }
      await this.#take(oldest, answer);
    }
  }

  async #take({ batch: { ops } }: Sent, answer: PushAnswer): Promise<void> {
    const { store, epoch, answers } = this.#options;
    checkReceipt(store, epoch, answer);
    const spokenFor = whatIsKnown(store, epoch, ops, answer);
    this.#acked = spokenFor.acked;
    this.#atOnce = answer.held && !this.#isOutOfOrder ? TOGETHER : 1;
    // The other side's chain goes on elsewhere than was thought when the next were sent.
    if (this.#acked !== ops.at(-1)?.seq) await this.#letGo();
    if (this.#send()) await hasLeft();
    answers.take(ops, answer, spokenFor);
  }

  /** What is still on the line does not count, whatever comes of it: what follows begins where the other side ends. */
  async #letGo(): Promise<void> {
    const others = this.#underWay.splice(0);
    await Promise.allSettled(others.map(({ answer }) => answer));
    this.#sent = this.#acked;
  }

  /**
   * After a gap that is no fault of ours.
   * @returns whether there may be more to send
   * @throws any other error
   */
  #canGoOn(error: unknown, { isBehind }: Sent): boolean {
    const { store, epoch } = this.#options;
    if (!(error instanceof CentreError) || error.kind !== 'gap' || error.expected === null) throw error;
    this.#atOnce = 1;
    if (isBehind) {
      this.#isOutOfOrder = true;
      return true;
    }
    // A centre that lost its tail asks again from an earlier number; that must go backwards, or it is no gap of ours.
    if (error.expected <= this.#acked) {
      this.#acked = error.expected - 1;
      this.#sent = this.#acked;
      return true;
    }
    if (!isBehindHole(store, epoch, error.expected)) throw error;
    passOver(store, epoch);
    return false;
  }

  /** As much as may be on the line at once. @returns whether something was sent */
  #send(): boolean {
    const { store, pace } = this.#options;
    const before = this.#underWay.length;
    while (this.#underWay.length < this.#atOnce) {
      // What was read ahead is of no use once the chain goes on in another epoch, or elsewhere.
      const isNext = this.#ahead?.after === this.#sent && this.#ahead.writesIn === store.ledger.epoch;
      const batch = (isNext && this.#ahead?.batch) || this.#read(this.#sent);
      this.#ahead = null;
      const last = batch.ops.at(-1);
      if (!last) break;
      // Together they take the line for no longer than one may: somebody may come in between.
      const together = this.#underWay.reduce((sum, { batch: { bytes } }) => sum + bytes, batch.bytes);
      if (this.#underWay.length > 0 && together > pace.size) {
        this.#keepAhead(batch);
        break;
      }
      // More is there than one push takes: let the other side judge when all of it is there, the last push included.
      this.#isBacklog ||= batch.isFull;
      const isBehind = this.#underWay.length > 0;
      this.#underWay.push({ batch, isBehind, answer: send(this.#options, batch, last, this.#isBacklog) });
      this.#sent = last.seq;
    }
    return this.#underWay.length > before;
  }

  async #readAhead({ batch }: Sent): Promise<void> {
    if (!batch.isFull || this.#ahead) return;
    await hasLeft();
    this.#keepAhead(this.#read(this.#sent));
  }

  #keepAhead(batch: OutgoingBatch): void {
    this.#ahead = { batch, after: this.#sent, writesIn: this.#options.store.ledger.epoch };
  }

  #read(after: number): OutgoingBatch {
    const { store, epoch, pace, rows } = this.#options;
    return store.outgoing.read(epoch, after, { rows, bytes: pace.size });
  }
}

function send(
  { store, api, epoch, pace }: PushRunOptions,
  { ops, bytes }: OutgoingBatch,
  last: OutgoingOp,
  isBacklog: boolean,
): Promise<PushAnswer> {
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
  return answer;
}

const COMMA = Buffer.from(',');
const CLOSING = Buffer.from(']}');

function joined(ops: readonly OutgoingOp[]): Uint8Array[] {
  return ops.flatMap(({ json }, index) => (index === 0 ? [json] : [COMMA, json]));
}

/** What was handed to the line just now is on its way: whatever takes long here comes after it. */
const hasLeft = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * What is missing is not here either: of an epoch that is over, what lies behind it came back by a scope, from a life that is
 * lost, and an op before it was rejected and does not come. Who asks for it has all of that by another way.
 */
function isBehindHole({ ledger }: Store, epoch: number, expected: number): boolean {
  return epoch !== ledger.epoch && ledger.hashAt(expected, epoch) === null;
}

function passOver({ ledger, delivery }: Store, epoch: number): void {
  const acked = ledger.seqsOf(epoch).at(-1) ?? 0;
  delivery.recordPush({ acked, head: ledger.hashAt(acked, epoch) ?? '' }, [], new Date().toISOString(), epoch);
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
