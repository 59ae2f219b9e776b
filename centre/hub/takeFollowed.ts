import type { LogAnswer } from '../../contract/hub.ts';
import { findOpDefect } from '../../domain/ledger/op.ts';
import { planeOf } from '../../domain/ledger/plane.ts';
import { isForEveryHall } from '../../domain/ledger/published.ts';
import { sha256Hex } from '../digest.ts';
import type { Published } from '../ingest.ts';
import type { JudgedOp } from '../ledger/judge.ts';
import { chainHead } from '../ledger/plan.ts';
import { isRepeatOf, REPEATED } from '../ledger/repeats.ts';
import { reviewWaiting } from '../ledger/reviewParked.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { EVERY_HALL } from '../publish.ts';
import { judgeAsGiven, judgeParked } from '../relay/asGiven.ts';
import type { CentreStore } from '../store/types.ts';

/** A page of the log that was damaged on the way: nothing of it is taken. */
export class FollowError extends Error {
  override name = 'FollowError';
}

export interface FollowContext {
  hall: string;
  /** There is a centre: it decides about its plane, and what it has published comes from there. */
  hasCentre: boolean;
  now: number;
}

export interface Followed {
  published: readonly Published[];
  /** Ops that do not continue what is known here of their chain. */
  gaps: number;
}

type Entry = LogAnswer['entries'][number];

/**
 * Takes a page of the active hub's log, with the cursor, in one transaction. What the hub has decided stands; what it holds
 * for the centre is held here too, and takes effect when the centre's scopes bring it.
 * @throws FollowError
 * @throws StoreBusyError when it should be tried again later
 */
export async function takeFollowed(
  store: CentreStore,
  { hall, hasCentre, now }: FollowContext,
  entries: readonly Entry[],
): Promise<Followed> {
  for (const { pos, op } of entries) {
    if (findOpDefect(op, op.prev_hash, sha256Hex)) throw new FollowError(`log position ${pos} is damaged`);
  }
  return store.write([], (known) => {
    const ledger = new WorkingLedger(known);
    let gaps = 0;
    for (const entry of entries) {
      if (entry.mirrored && hasCentre) continue;
      if (!takeEntry(ledger, entry, { hall, hasCentre, now })) gaps += 1;
    }
    reviewWaiting(ledger, judgeParked(true));
    const last = entries.at(-1);
    if (last) ledger.hub.moveFollowed(last.pos);
    const decision = ledger.decision();
    return { decision, value: { published: decision.scopes, gaps } };
  });
}

/** @returns false when the op does not continue its chain */
function takeEntry(ledger: WorkingLedger, entry: Entry, { hall, hasCentre, now }: FollowContext): boolean {
  const { op } = entry;
  const author = { device: op.device, hall: isForEveryHall(op.stream) ? EVERY_HALL : hall, centre: false };
  const head = chainHead(ledger, op.device, op.epoch);
  if (op.seq <= head.seq) return true;
  const isNext = op.seq === head.seq + 1 && op.prev_hash === head.hash;
  if (!isNext) {
    // What came before went another way, and nothing of the chain has come here.
    if (op.seq <= head.seq + 1 || head.seq !== ledger.baseOf(op.device, op.epoch)) return false;
    ledger.startChain(op.device, op.epoch, { seq: op.seq - 1, hash: op.prev_hash });
  }
  const here = ledger.findOp(op.device, op.epoch, op.seq);
  if (here) {
    if (here.hash !== op.hash) return false;
    ledger.advance(op.device, op);
  } else {
    const first = ledger.hasOpId(op.op_id) ? ledger.findFirst(op.op_id) : null;
    if (first && !isRepeatOf(first.envelope, op)) return false;
    // Where it stands first may come later, by a scope of the centre.
    if (first || entry.code === REPEATED) ledger.repeat(author, op, now, { forward: false, bodyText: null });
    else ledger.follow(author, op, judge(ledger, author, entry, hasCentre), now);
  }
  return true;
}

function judge(
  ledger: WorkingLedger,
  author: Parameters<typeof judgeAsGiven>[1],
  { op, outcome, code }: Entry,
  hasCentre: boolean,
): JudgedOp {
  const isHeld = hasCentre && planeOf(op.kind) === 'centre' && outcome !== 'rejected';
  if (isHeld) return { outcome: 'held', code: null, held: null };
  return judgeAsGiven(ledger, author, op, { outcome, code });
}
