import type { PushAnswer } from '../../contract/sync.ts';
import type { CentreStore } from '../store/types.ts';

type Results = PushAnswer['results'];

/**
 * Pushes that wait a moment for the centre's word about what this hub holds, and for what came of it: a terminal that reads
 * the hub right after has both, as if the centre itself had answered.
 */
export class Settling {
  readonly #store: Pick<CentreStore, 'outcomesAfter' | 'chains'>;
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(store: Pick<CentreStore, 'outcomesAfter' | 'chains'>) {
    this.#store = store;
  }

  /** @returns devices of these for which nobody waits: they must be told that there is news */
  note(devices: readonly string[]): string[] {
    return devices.filter((device) => {
      const group = this.#waiting.get(device);
      for (const look of group ?? []) look();
      return !group;
    });
  }

  /**
   * The outcomes of a push as they are known after at most `ms`: what the centre has not answered by then stays `held`.
   * @param seqs of the results, in their places
   */
  async wait(device: string, epoch: number, results: Results, seqs: readonly number[], ms: number): Promise<Results> {
    const first = seqs[results.findIndex(({ outcome }) => outcome === 'held')];
    const last = seqs.at(-1);
    if (first === undefined || last === undefined) return results;
    const isSettled = () => this.#store.chains.findOp(device, epoch, last)?.outcome !== 'held';
    if (!isSettled()) {
      await new Promise<void>((resolve) => {
        const group = this.#waiting.get(device) ?? new Set();
        const look = () => {
          if (isSettled()) end();
        };
        const end = () => {
          clearTimeout(timer);
          group.delete(look);
          if (group.size === 0) this.#waiting.delete(device);
          resolve();
        };
        const timer = setTimeout(end, ms);
        this.#waiting.set(device, group.add(look));
      });
    }
    const known = this.#store.outcomesAfter(device, epoch, first - 1, last - first + 1);
    const bySeq = new Map(known.map((each) => [each.seq, each]));
    return results.map((result, index) => {
      const settled = result.outcome === 'held' ? bySeq.get(seqs[index] ?? 0) : undefined;
      return settled ? { op_id: result.op_id, outcome: settled.outcome, code: settled.code } : result;
    });
  }
}
