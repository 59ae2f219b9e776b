import { BECAME_OF_MAX, type BecameOfAnswer } from '../contract/sync.ts';
import type { AskableOp } from '../db/doubts.ts';
import type { ToldOp } from '../db/reread.ts';
import type { Store } from '../db/store.ts';
import { planeOf } from '../domain/ledger/plane.ts';
import type { CentreApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import type { SyncClientOptions } from './options.ts';

/**
 * Asks what became of rows that are here alone, or may be. One that was sent again and refused comes by no scope, and
 * only whoever wrote it is told: without the question it would count here for ever.
 */
export class LoneRows {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #log: (event: string, fields: Record<string, unknown>) => void;
  #after = 0;

  constructor({ store, now, log }: Pick<SyncClientOptions, 'store' | 'now' | 'log'>) {
    this.#store = store;
    this.#now = now;
    this.#log = log;
  }

  /**
   * Some of them, in turn.
   * @returns streams that changed
   * @throws CentreError when the line fails
   */
  async ask(api: CentreApi): Promise<string[]> {
    const { ledger, delivery } = this.#store;
    const doubted = delivery.reread.doubts.next(BECAME_OF_MAX);
    const untold = delivery.reread.untold(this.#after, BECAME_OF_MAX - doubted.length);
    const isAll = doubted.length + untold.length < BECAME_OF_MAX;
    this.#after = isAll ? 0 : (untold.at(-1)?.ord ?? this.#after);
    const rows = [...doubted, ...untold];
    if (rows.length === 0) return [];
    const asked = rows.map(({ opId, device, bodyHash }) => ({ op_id: opId, device, body_hash: bodyHash }));
    const results = await api.becameOf(asked).catch((error: unknown) => {
      // Whoever answers with an older program does not know the question.
      if (error instanceof CentreError && error.kind === 'protocol') return [];
      throw error;
    });
    const own = rows.flatMap((row, index) => {
      const { outcome, code } = results[index] ?? {};
      if (row.device !== ledger.device || !outcome || outcome === 'held') return [];
      return [{ ...row, code: outcome === 'rejected' ? (code ?? 'unknown') : null }];
    });
    const told = rows.flatMap((row, index): ToldOp[] => {
      const became = row.device === ledger.device ? null : whatBecame(results[index]);
      // Of what is known as lone the scope tells when it comes back; of the queue the hub decides, whatever the centre has.
      const isNoNews = index >= doubted.length && (became === 'lost' || (became === 'there' && isOfQueue(row)));
      return became === null || isNoNews ? [] : [{ ord: row.ord, became }];
    });
    const became = new Map(told.map((each) => [each.ord, each.became]));
    for (const { ord, device, epoch, seq, kind } of rows) {
      if (became.get(ord) === 'refused') this.#log('row-lone-refused', { device, epoch, seq, kind });
      // Reading its scope anew may have told of it already.
      if (became.get(ord) === 'lost' && !delivery.reread.isLone(ord))
        this.#log('row-lone', { device, epoch, seq, kind });
    }
    if (told.length + own.length === 0) return [];
    return ledger.transact(() => [...delivery.reread.noteTold(told), ...this.#noteOwn(own)]);
  }

  /** Acknowledged by the hub, sent on once more to a centre that was put back, and refused there: it comes back like any other. */
  #noteOwn(own: readonly (AskableOp & { code: string | null })[]): string[] {
    const { delivery } = this.#store;
    return own.flatMap(({ ord, epoch, seq, stream, code }) => {
      delivery.reread.doubts.settle(ord);
      if (code === null) return [];
      const at = new Date(this.#now()).toISOString();
      delivery.results.record(epoch, Number.MAX_SAFE_INTEGER, [{ seq, outcome: 'rejected', code }], at);
      return [stream];
    });
  }
}

function isOfQueue({ kind }: AskableOp): boolean {
  return planeOf(kind) === 'hall';
}

/** Null: nobody can tell now. */
function whatBecame(result: BecameOfAnswer['results'][number] | undefined): ToldOp['became'] | null {
  switch (result?.outcome) {
    case undefined:
      return null;
    case null:
      return result.code === null ? 'lost' : null;
    case 'rejected':
      return 'refused';
    case 'applied':
      return 'there';
    default:
      return null;
  }
}
