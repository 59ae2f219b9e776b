import type { JudgeParked } from '../relay/asGiven.ts';
import type { ParkedOp } from '../store/types.ts';
import type { ParseOp } from './judge.ts';
import type { WorkingLedger } from './workingLedger.ts';

/**
 * Judges parked ops again, in log order, as a newer centre does when it starts. A stream goes on only as far as its
 * first op that still cannot be understood.
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
  for (const parked of parkedOps) {
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
