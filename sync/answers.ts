import type { PushAnswer } from '../contract/sync.ts';
import type { PushProgress } from '../db/delivery.ts';
import type { SetAsideResult } from '../db/opResults.ts';
import type { OutgoingOp } from '../db/outgoing.ts';
import type { Store } from '../db/store.ts';
import { AT_CENTRE } from '../domain/ledger/held.ts';

/** Ops whose answers are written down in one transaction at most. */
const TOGETHER = 1024;

/** What one transaction is to say of ops that were sent. */
interface Note {
  /** Number of the first of them. */
  first: number;
  ops: number;
  progress: PushProgress;
  setAside: SetAsideResult[];
  answer: PushAnswer;
  streams: Set<string>;
}

/**
 * Writes down what became of own ops. A long backlog is answered push after push with one and the same word, "held": several of
 * these answers wait for the disk once. Until then nothing here counts as acknowledged, and whoever dies sends it again.
 */
export class Answers {
  readonly #store: Store;
  readonly #epoch: number;
  readonly #onAcked: (streams: string[]) => void;
  #held: Note | null = null;

  constructor(store: Store, epoch: number, onAcked: (streams: string[]) => void) {
    this.#store = store;
    this.#epoch = epoch;
    this.#onAcked = onAcked;
  }

  /** @param progress for what the answer speaks; @param ops that were sent, at least one */
  take(ops: readonly OutgoingOp[], answer: PushAnswer, progress: PushProgress): void {
    const [first] = ops;
    if (!first) return;
    const note = { first: first.seq, ops: ops.length, progress, answer, setAside: setAsideIn(ops, answer, progress) };
    const streams = ops.map(({ stream }) => stream);
    const before = this.#held;
    if (before && answer.held && before.progress.acked + 1 === first.seq) {
      for (const stream of streams) before.streams.add(stream);
      const setAside = [...before.setAside, ...note.setAside];
      this.#held = { ...note, setAside, first: before.first, ops: before.ops + note.ops, streams: before.streams };
    } else {
      this.write();
      this.#held = { ...note, streams: new Set(streams) };
    }
    if (!answer.held || this.#held.ops >= TOGETHER) this.write();
  }

  /** Everything that was answered is durable here when this returns. */
  write(): void {
    const note = this.#held;
    if (!note) return;
    this.#held = null;
    const { ledger, delivery, identity } = this.#store;
    const { centreTime, receipt } = note.answer;
    ledger.transact(() => {
      delivery.recordPush(note.progress, note.setAside, centreTime, this.#epoch, note.first);
      if (receipt) identity.saveReceipt(receipt);
    });
    this.#onAcked([...note.streams]);
  }
}

function setAsideIn(ops: readonly OutgoingOp[], answer: PushAnswer, { acked }: PushProgress): SetAsideResult[] {
  const [first] = ops;
  if (answer.held && first) return [{ seq: first.seq, last: acked, outcome: 'held', code: AT_CENTRE }];
  if (answer.results.length === 0) return [];
  const seqOf = new Map(ops.map(({ opId, seq }) => [opId, seq]));
  return answer.results.flatMap(({ op_id, outcome, code }) => {
    const seq = seqOf.get(op_id);
    return outcome === 'applied' || seq === undefined ? [] : [{ seq, outcome, code: code ?? 'unknown' }];
  });
}
