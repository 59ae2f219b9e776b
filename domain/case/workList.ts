import { hallDayOf } from '../time/hallTime.ts';
import { LANES, type Lane, type LaneState, type LaneTask, PARALLEL_LANES } from './lanes.ts';
import { type CaseState, ENDED_STATES } from './states.ts';
import type { CaseRecord } from './types.ts';

/**
 * States in which a lane's people have something to do although the lane's own task is over or never came: what only they
 * may do next (domain.md §3.4). Else such a case would stand in nobody's list.
 */
const BEYOND: Partial<Record<Lane, readonly CaseState[]>> = {
  // Money is awaited (T26); a provident-fund loan is paid out (T45); what was paid at the counter is handed back there.
  FEE: ['PAY_WAIT', 'APPROVED', 'WITHDRAWN', 'REJECTED'],
  // A site visit is reported by the first review (T22).
  REV1: ['PARALLEL', 'SITE_VISIT'],
  // An overdue supplement (T17), an objection to a notice (T20), a legal obstacle before the entry (T41).
  APP: ['SUPPLEMENT', 'NOTICE', 'PARALLEL', 'APPROVED'],
};

/** Case states that may put a case on the list of one of these lanes. */
export function statesOf(lanes: readonly Lane[]): CaseState[] {
  return [...new Set(lanes.flatMap((lane) => [...LANES[lane].open, ...(BEYOND[lane] ?? [])]))];
}

/**
 * The task with which a case stands on the work list of a lane.
 * @param at ISO instant: a deadline may have passed
 * @returns null when there is nothing to do
 */
export function findTask(record: CaseRecord, lane: Lane, at: string): LaneTask | null {
  const task = record.lanes[lane];
  const isOpen = LANES[lane].open.includes(record.state) && ['PENDING', 'CLAIMED', 'BLOCKED'].includes(task.state);
  return isOpen || isBeyond(record, lane, at) ? task : null;
}

/** What has come in for a case and not gone back, integer fen. */
function balanceFen({ payments }: CaseRecord): number {
  return payments.reduce((sum, { kind, amountFen }) => sum + (kind === 'paid' ? 1 : -1) * amountFen, 0);
}

/** How the task of a lane is shown: when a case ends, what was left open asks nothing more of anybody. */
export function shownLaneState({ state, lanes }: Pick<CaseRecord, 'state' | 'lanes'>, lane: Lane): LaneState {
  const own = lanes[lane].state;
  const isOver = ENDED_STATES.includes(state) && !LANES[lane].open.includes(state);
  return isOver && own !== 'DONE' && own !== 'RETURNED' ? 'SKIPPED' : own;
}

function isBeyond(record: CaseRecord, lane: Lane, at: string): boolean {
  if (!BEYOND[lane]?.includes(record.state)) return false;
  switch (record.state) {
    case 'PAY_WAIT':
    case 'SITE_VISIT':
    case 'NOTICE':
      return true;
    case 'APPROVED':
      return lane === 'APP' || record.route?.business === 'provident-fund';
    case 'WITHDRAWN':
    case 'REJECTED':
      return lane === 'FEE' && balanceFen(record) > 0;
    // Returned by a department: somebody must tell the applicant what is missing (T15), or that it cannot be (T41).
    case 'PARALLEL':
      return PARALLEL_LANES.some((each) => record.lanes[each].state === 'RETURNED');
    case 'SUPPLEMENT':
      return hallDayOf(at) > (record.supplements.at(-1)?.deadline ?? '9999');
    default:
      return false;
  }
}
