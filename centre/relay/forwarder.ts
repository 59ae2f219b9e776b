import type { Logger } from 'pino';
import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../../contract/sync.ts';
import { OVERTAKEN } from '../ledger/overtaken.ts';
import type { CentreAnswer, ForwardEntry } from '../store/relayTypes.ts';
import type { CentreStore } from '../store/types.ts';
import { inChainOrder } from './inChainOrder.ts';
import type { UpstreamApi } from './upstream.ts';
import { withHeads } from './withHeads.ts';

/** Room left for the frame around the entries, and for what their authors signed. */
const LIMIT = { rows: PUSH_MAX_OPS, bytes: PUSH_MAX_BYTES - 96 * 1024 };

/** Of these the centre may take the same op later, when somebody else has sent what it lacks before it. */
const FOR_NOW: ReadonlySet<string | null> = new Set(['gap', 'unsigned']);

export interface ForwarderOptions {
  store: CentreStore;
  api: Pick<UpstreamApi, 'push'>;
  /** The centre has answered about ops of these devices. */
  onSettled: (devices: readonly string[]) => void;
  /** The centre lacks what it once had: whatever is here of it is to be on the list of what waits when this resolves. */
  sendAgain: () => Promise<void>;
  /** These took effect here, and do not fit at the centre. */
  onOvertaken: (ops: readonly ForwardEntry['op'][]) => Promise<void>;
  /** An op left the list that the centre may take later. */
  onRefusedForNow: () => void;
  logger: Logger;
}

/**
 * Sends what the centre has not confirmed, in the hub's log order. Safe to repeat at any point: the centre knows each op by
 * `(device, epoch, seq)`, and an entry leaves the list with the answer about it, in one transaction.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  /** Where the centre asked a chain to go on from, last. */
  readonly #asked = new Map<string, number>();
  /** Chains of which the centre has refused an op for good: nothing that follows there can be taken. */
  readonly #stuck = new Set<string>();
  /** Chains of a later epoch before which it was looked whether the centre has what belongs before them. */
  readonly #begun = new Set<string>();

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Until nothing waits. @throws LineError, UpstreamError */
  async forwardAll(): Promise<void> {
    for (;;) {
      const entries = this.#options.store.toForward(LIMIT);
      if (entries.length === 0) return;
      if (this.#beginsEpoch(entries)) {
        await this.#options.sendAgain();
        continue;
      }
      // Not the one chain alone: what was decided here was decided on what others had written before.
      if (await this.#findsGap(entries)) await this.#options.sendAgain();
    }
  }

  /**
   * A later epoch leaves no gap by which a centre that was put back would show itself; and once it has the first of that, it
   * refuses for good what it has lost of the epochs before. Asked once for each.
   */
  #beginsEpoch(entries: readonly ForwardEntry[]): boolean {
    const before = this.#begun.size;
    for (const { op } of entries) if (op.epoch > 1 && op.seq === 1) this.#begun.add(`${op.device}/${op.epoch}`);
    return this.#begun.size > before;
  }

  /** Sends these. @returns whether the centre asked for what comes before some of them, which wait on */
  async #findsGap(waiting: readonly ForwardEntry[]): Promise<boolean> {
    const { store, api, onSettled, onOvertaken, onRefusedForNow, logger } = this.#options;
    const { entries, heads } = withHeads(store, inChainOrder(waiting));
    const bare = entries.map(({ op, outcome, code }) => ({ op, outcome, code }));
    const results = await api.push(bare, heads);
    const answers: CentreAnswer[] = [];
    const gaps = new Map<string, number>();
    const overtaken: ForwardEntry['op'][] = [];
    for (const [index, { logPosition, op, outcome: here }] of entries.entries()) {
      const result = results[index];
      if (!result) continue;
      const { outcome, code, expected } = result;
      const chain = `${op.device}/${op.epoch}`;
      if (here === 'applied' && outcome === 'rejected' && code === OVERTAKEN) overtaken.push(op);
      if (outcome !== 'refused') {
        this.#stuck.delete(chain);
      } else {
        const isStuck = this.#stuck.has(chain);
        if (code === 'gap' && expected !== null && !isStuck && this.#asked.get(chain) !== expected) {
          gaps.set(chain, expected);
          continue;
        }
        logger.error({ device: op.device, epoch: op.epoch, seq: op.seq, reason: code }, 'the centre refuses an op');
        if (!FOR_NOW.has(code)) this.#stuck.add(chain);
        else if (!isStuck) onRefusedForNow();
      }
      answers.push({ logPosition, outcome, code });
    }
    for (const [chain, expected] of gaps) this.#asked.set(chain, expected);
    // Before the answer is written down: who dies in between asks again, and is answered the same.
    if (overtaken.length > 0) await onOvertaken(overtaken);
    if (answers.length > 0) onSettled(store.recordAnswers(answers));
    return gaps.size > 0;
  }
}
