import type { OpEnvelope } from '../../contract/ops.ts';
import type { PullAnswer } from '../../contract/sync.ts';
import { findOpDefect } from '../../domain/ledger/op.ts';
import { isForEveryHall } from '../../domain/ledger/published.ts';
import { readOn, type ScopePosition } from '../../domain/ledger/scopeDigest.ts';
import { sha256Hex } from '../digest.ts';
import type { Published } from '../ingest.ts';
import { REPEATED } from '../ledger/repeats.ts';
import { reviewWaiting } from '../ledger/reviewParked.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { EVERY_HALL } from '../publish.ts';
import { followHall, readyAfter } from '../queue/follow.ts';
import { Reconciliation } from '../queue/reconcile.ts';
import type { CentreStore } from '../store/types.ts';
import { judgeMirrored, judgeParked, overtaken } from './asGiven.ts';

/** A row that was damaged on the way, or is not the next one: nothing of its page is taken. */
export class MirrorError extends Error {
  override name = 'MirrorError';
}

/** What the pages before this one have changed, to be followed once all of them are here. */
export interface Behind {
  streams: readonly string[];
  ops: readonly { op: OpEnvelope }[];
}

export const NOTHING_BEHIND: Behind = { streams: [], ops: [] };

export interface Mirrored {
  /** For the next page; empty when this was the last. */
  behind: Behind | null;
  published: readonly Published[];
  /** Devices of which held ops took effect. */
  settled: string[];
  /** Ops of which this hub has another under the same number: two copies of a machine's data are at work. */
  forked: number;
}

/** Rows of a scope of the centre. */
export interface MirrorPage {
  scope: string;
  rows: PullAnswer['rows'];
  /** How far the scope is read with them; null: that is not known before all pages are here. */
  cursor: ScopePosition | null;
  /** Nothing comes after them, as far as is known. */
  isLast: boolean;
}

/** A page of `pull`, as it follows what is here. @throws MirrorError */
export function nextPage(store: CentreStore, { scope, rows, head }: PullAnswer): MirrorPage {
  const cursor = readOn({ pos: store.cursorOf(scope), digest: store.digestOf(scope) }, rows, sha256Hex);
  if ('outOfOrder' in cursor) throw new MirrorError(`${scope}: position ${cursor.outOfOrder} out of order`);
  return { scope, rows, cursor, isLast: cursor.pos >= head };
}

/**
 * Takes a page of a scope of the centre, with its cursor, in one transaction: new ops with the envelopes of their authors,
 * held ones take effect now. So the hub publishes what the centre decides in the centre's order. With the last page the
 * active hub does what follows from it in the queue.
 * @param behind of the pages before; null: nothing is followed
 * @throws MirrorError
 * @throws StoreBusyError when it should be tried again later
 */
export async function takeMirrored(
  store: CentreStore,
  hall: string,
  page: MirrorPage,
  now: number,
  behind: Behind | null,
): Promise<Mirrored> {
  const { scope, rows, cursor, isLast } = page;
  for (const { pos, op } of rows) {
    if (findOpDefect(op, op.prev_hash, sha256Hex)) throw new MirrorError(`${scope}: row ${pos} is damaged`);
  }
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const mayDecide = ledger.hall.whyNotHere(hall) === null && !tellsOfTakeOver(store, rows);
    const reconciliation = mayDecide ? new Reconciliation(ledger, hall) : null;
    const settled = new Set<string>();
    let forked = 0;
    for (const { op } of rows) {
      const author = { device: op.device, hall: isForEveryHall(op.stream) ? EVERY_HALL : hall, centre: false };
      const here = ledger.findOp(op.device, op.epoch, op.seq);
      if (here?.logPosition != null) ledger.hub.noteReached(here.logPosition);
      if (here && here.hash !== op.hash) {
        forked += 1;
        continue;
      }
      // It may stand here under another number than at the centre.
      const first = here && here.code !== REPEATED ? here : ledger.findFirst(op.op_id);
      if (first?.logPosition != null) ledger.hub.noteMet(first.logPosition);
      if (first?.outcome === 'held' && first.logPosition !== null) {
        ledger.release({ logPosition: first.logPosition, op, author }, judgeMirrored(ledger, author, op));
        settled.add(op.device);
      } else if (first?.outcome === 'parked' && first.logPosition !== null) {
        ledger.publishParked({ logPosition: first.logPosition, op, author }, first.code);
      } else if (!first) {
        const isOver = reconciliation?.isContested(op.stream) && op.kind !== 'ticket.reconciled';
        const judged = isOver ? overtaken() : judgeMirrored(ledger, author, op);
        ledger.mirror(author, op, judged, now);
        reconciliation?.note(op, judged);
      }
    }
    reviewWaiting(ledger, judgeParked(true));
    reconciliation?.write(store.self, now);
    if (cursor) ledger.hub.moveCursor(scope, cursor.pos, cursor.digest);
    const changed = behind && {
      streams: [...new Set([...behind.streams, ...ledger.changedStreams()])],
      ops: [
        ...behind.ops,
        ...rows.filter(({ op }) => op.kind === 'case.advanced' || op.kind === 'ticket.pickup-raised'),
      ],
    };
    if (changed && isLast) followHall(ledger, store.self, changed.streams, now, readyAfter(changed.ops));
    const decision = ledger.decision();
    const published = decision.scopes;
    return {
      decision,
      value: { published, settled: [...settled], forked, behind: changed && isLast ? NOTHING_BEHIND : changed },
    };
  });
}

/** Another hub decides from there on: this one has not stepped back yet. */
function tellsOfTakeOver(store: CentreStore, rows: MirrorPage['rows']): boolean {
  const role = store.hubRole();
  return rows.some(({ op }) => op.kind === 'hub.took-over' && role !== null && Number(op.body.fence) > role.fence);
}
