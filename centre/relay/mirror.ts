import type { PullAnswer } from '../../contract/sync.ts';
import { findOpDefect, type Op } from '../../domain/ledger/op.ts';
import { isForEveryHall } from '../../domain/ledger/published.ts';
import { sha256Hex } from '../digest.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { EVERY_HALL } from '../publish.ts';
import type { CentreStore } from '../store/types.ts';
import { judgeMirrored } from './asGiven.ts';

/** A row that was damaged on the way, or is not the next one: nothing of its page is taken. */
export class MirrorError extends Error {
  override name = 'MirrorError';
}

export interface Mirrored {
  published: readonly Published[];
  /** Devices of which held ops took effect. */
  settled: string[];
  /** Ops of which this hub has another under the same number: two copies of a machine's data are at work. */
  forked: number;
}

/**
 * Takes a page of a scope of the centre, with its cursor, in one transaction: new ops with the envelopes of their authors,
 * held ones take effect now. So the hub publishes what the centre decides in the centre's order.
 * @throws MirrorError
 * @throws StoreBusyError when it should be tried again later
 */
export async function takeMirrored(store: CentreStore, hall: string, page: PullAnswer, now: number): Promise<Mirrored> {
  const { scope, rows } = page;
  const after = store.cursorOf(scope);
  for (const [index, { pos, op }] of rows.entries()) {
    if (pos !== after + index + 1) throw new MirrorError(`${scope}: position ${pos} out of order`);
    if (findOpDefect(op as unknown as Op, op.prev_hash, sha256Hex))
      throw new MirrorError(`${scope}: row ${pos} is damaged`);
  }
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const settled = new Set<string>();
    let forked = 0;
    for (const { op } of rows) {
      const author = { device: op.device, hall: isForEveryHall(op.stream) ? EVERY_HALL : hall, centre: false };
      const here = ledger.findOp(op.device, op.epoch, op.seq);
      if (here?.logPosition != null) ledger.noteReached(here.logPosition);
      if (here && here.hash !== op.hash) {
        forked += 1;
      } else if (here?.outcome === 'held' && here.logPosition !== null) {
        ledger.release({ logPosition: here.logPosition, op, author }, judgeMirrored(ledger, author, op));
        settled.add(op.device);
      } else if (!here && !ledger.hasOpId(op.op_id)) {
        ledger.mirror(author, op, judgeMirrored(ledger, author, op), now);
      }
    }
    ledger.moveCursor(scope, rows.at(-1)?.pos ?? after);
    const decision = ledger.decision();
    return { decision, value: { published: decision.scopes, settled: [...settled], forked } };
  });
}
