import type { JudgeParked } from '../relay/asGiven.ts';
import type { ParkedOp } from '../store/types.ts';
import type { ParseOp } from './judge.ts';
import type { WorkingLedger } from './workingLedger.ts';

/**
 * Judges parked ops again, in log order, as a newer centre does when it starts; those of one stream as they were made,
 * since some arrive before what they follow. A stream goes on only as far as its first op that still cannot be understood.
 * @param stuck streams that went no further in an earlier call; more are added here
 * @returns how many were settled
 */
export function reviewParked(
  ledger: WorkingLedger,
  parkedOps: readonly ParkedOp[],
  stuck: Set<string>,
  judge: JudgeParked,
  parse?: ParseOp,
): number {
  let settled = 0;
  for (const parked of asMade(parkedOps)) {
    const { stream } = parked.op;
    if (stuck.has(stream)) continue;
    ledger.markParked(stream, false);
    const judged = judge(ledger, parked, parse);
    if (judged.outcome === 'parked') {
      ledger.markParked(stream, true);
      stuck.add(stream);
      continue;
    }
    ledger.settle(parked, judged);
    settled += 1;
  }
  return settled;
}

/** Judges again what was parked only because what it follows had not arrived, and has now. */
export function reviewWaiting(ledger: WorkingLedger, judge: JudgeParked, parse?: ParseOp): void {
  for (const stream of ledger.arrivedBeforeParked()) {
    reviewParked(ledger, ledger.parkedIn(stream), new Set(), judge, parse);
  }
}

/** Each stream keeps its turns, and takes in them what was made on its earliest version first. */
function asMade(parkedOps: readonly ParkedOp[]): ParkedOp[] {
  const streams = Map.groupBy(parkedOps, ({ op }) => op.stream);
  for (const ops of streams.values())
    ops.sort((a, b) => b.op.base_ver - a.op.base_ver || b.logPosition - a.logPosition);
  return parkedOps.flatMap(({ op }) => streams.get(op.stream)?.pop() ?? []);
}
