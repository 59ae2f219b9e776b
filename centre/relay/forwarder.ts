import type { Logger } from 'pino';
import { PUSH_MAX_BYTES, PUSH_MAX_OPS } from '../../contract/sync.ts';
import type { CentreAnswer, ForwardEntry } from '../store/relayTypes.ts';
import type { CentreStore } from '../store/types.ts';
import type { UpstreamApi } from './upstream.ts';
import { withHeads } from './withHeads.ts';

/** Room left for the frame around the entries, and for what their authors signed. */
const LIMIT = { rows: PUSH_MAX_OPS, bytes: PUSH_MAX_BYTES - 96 * 1024 };

export interface ForwarderOptions {
  store: CentreStore;
  api: Pick<UpstreamApi, 'push'>;
  /** The centre has answered about ops of these devices. */
  onSettled: (devices: readonly string[]) => void;
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

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Until nothing waits. @throws LineError, UpstreamError */
  async forwardAll(): Promise<void> {
    for (;;) {
      const entries = this.#options.store.toForward(LIMIT);
      if (entries.length === 0) return;
      await this.#send(entries);
    }
  }

  async #send(waiting: readonly ForwardEntry[]): Promise<void> {
    const { store, api, onSettled, logger } = this.#options;
    const { entries, heads } = withHeads(store, waiting);
    const bare = entries.map(({ op, outcome, code }) => ({ op, outcome, code }));
    const results = await api.push(bare, heads);
    const answers: CentreAnswer[] = [];
    const lacking: { device: string; epoch: number; missing: ForwardEntry[] }[] = [];
    for (const [index, { logPosition, op }] of entries.entries()) {
      const result = results[index];
      if (!result) continue;
      const { outcome, code, expected } = result;
      if (outcome === 'refused' && code === 'gap' && expected !== null) {
        const chain = lacking.find((each) => each.device === op.device && each.epoch === op.epoch);
        const missing = chain?.missing ?? this.#findMissing(op.device, op.epoch, expected);
        if (missing.length > 0) {
          if (!chain) lacking.push({ device: op.device, epoch: op.epoch, missing });
          continue;
        }
      }
      if (outcome === 'refused') {
        logger.error({ device: op.device, epoch: op.epoch, seq: op.seq, reason: code }, 'the centre refuses an op');
      }
      answers.push({ logPosition, outcome, code });
    }
    if (answers.length > 0) onSettled(store.recordAnswers(answers));
    for (const { missing } of lacking) await this.#send(missing);
  }

  /** What the centre lost of a chain; nothing when it is not here either, or was sent already and did not help. */
  #findMissing(device: string, epoch: number, expected: number): ForwardEntry[] {
    const key = `${device}/${epoch}`;
    if (this.#asked.get(key) === expected) return [];
    this.#asked.set(key, expected);
    const entries = this.#options.store.entriesOfChain(device, epoch, expected, LIMIT);
    return entries[0]?.op.seq === expected ? entries : [];
  }
}
