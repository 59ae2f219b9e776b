import { parseOp } from '../contract/ops.ts';
import { sha256Hex } from '../db/digest.ts';
import type { Store } from '../db/store.ts';
import { findOpDefect, type Op } from '../domain/ledger/op.ts';
import { type CentreApi, CentreError } from './centreApi.ts';

const PAGE = 500;

/**
 * Takes what the centre has in a scope after our cursor, page by page.
 * @returns changed streams and the centre's clock
 * @throws CentreError `protocol` when a row was damaged on the way: nothing of that page is taken
 */
export async function pullAll(
  store: Store,
  api: CentreApi,
  scope: string,
): Promise<{ changed: string[]; centreTime: string }> {
  const changed = new Set<string>();
  for (;;) {
    const after = store.delivery.cursor(scope);
    const answer = await api.pull(scope, after, PAGE);
    const rows = answer.rows.map(({ pos, op: envelope }, index) => {
      if (pos !== after + index + 1) throw new CentreError('protocol', `${scope}: position ${pos} out of order`);
      const parsed = parseOp(envelope);
      const op = parsed.ok ? parsed.op : (envelope as unknown as Op);
      if (findOpDefect(op, op.prev_hash, sha256Hex))
        throw new CentreError('protocol', `${scope}: row ${pos} is damaged`);
      return { pos, op, understood: parsed.ok };
    });
    for (const stream of store.delivery.takePage(scope, rows)) changed.add(stream);
    // The centre may end a page early to keep it small, so the head decides and not the length of the page.
    const last = rows.at(-1)?.pos ?? after;
    if (rows.length === 0 || last >= answer.head) return { changed: [...changed], centreTime: answer.centreTime };
  }
}
