import { BECAME_OF_MAX } from '../contract/sync.ts';
import type { Store } from '../db/store.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';

/**
 * Asks what became of rows of other machines that are here alone. One that was sent again and refused comes by no scope, and
 * only whoever wrote it is told: without the question it would count here for ever.
 */
export class LoneRows {
  readonly #store: Store;
  readonly #log: (event: string, fields: Record<string, unknown>) => void;
  #after = 0;

  constructor(store: Store, log: (event: string, fields: Record<string, unknown>) => void) {
    this.#store = store;
    this.#log = log;
  }

  /**
   * Some of them, in turn.
   * @returns streams that changed
   * @throws CentreError when the line fails
   */
  async ask(api: CentreApi): Promise<string[]> {
    const { ledger, delivery } = this.#store;
    const rows = delivery.reread.untold(this.#after, BECAME_OF_MAX);
    this.#after = rows.length === BECAME_OF_MAX ? (rows.at(-1)?.ord ?? 0) : 0;
    if (rows.length === 0) return [];
    const asked = rows.map(({ opId, device, bodyHash }) => ({ op_id: opId, device, body_hash: bodyHash }));
    const results = await api.becameOf(asked).catch((error: unknown) => {
      // Whoever answers with an older program does not know the question.
      if (error instanceof CentreError && error.kind === 'protocol') return [];
      throw error;
    });
    const refused = rows.filter((_, index) => results[index]?.outcome === 'rejected');
    for (const { device, epoch, seq, kind } of refused) this.#log('row-lone-refused', { device, epoch, seq, kind });
    return refused.length === 0
      ? []
      : ledger.transact(() => delivery.reread.noteRefused(refused.map(({ ord }) => ord)));
  }
}
