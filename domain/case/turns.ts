import { areParallelLanesSettled, LANE_CODES, LANES, type Lane, type LaneTask, type LaneTasks } from './lanes.ts';
import type { CaseState } from './states.ts';
import type { TransitionId } from './transitions.ts';
import type { CaseRecord } from './types.ts';

/** Which transition ends which lane's task, and what the task becomes. */
export const LANE_OF_TRANSITION: Readonly<Partial<Record<TransitionId, Lane>>> = {
  T22: 'REV1',
  T23: 'REV2',
  T24: 'APP',
  T27: 'BOOK',
  T28: 'PRT',
  T29: 'PRT',
  T30: 'PRT',
  T31: 'QC',
  T32: 'QC',
  T39: 'ARC',
};

const ENDS: readonly TransitionId[] = ['T23', 'T24', 'T27', 'T29', 'T31', 'T39'];

/** The lanes after a transition: its own task ended, and those opened whose turn has come. */
export function takeTurns(
  { lanes, route }: Pick<CaseRecord, 'lanes' | 'route'>,
  transition: TransitionId,
  state: CaseState,
  by: string,
  at: string,
): LaneTasks {
  const next: Record<Lane, LaneTask> = { ...lanes };
  const lane = LANE_OF_TRANSITION[transition];
  if (lane && ENDS.includes(transition)) next[lane] = { ...next[lane], state: 'DONE', since: at, by };
  if (transition === 'T28') next.PRT = { ...next.PRT, state: 'CLAIMED', since: at, by };
  // What was handed in is looked at anew by the first review and by whoever sent it back.
  if (transition === 'T15' || transition === 'T16') {
    if (next.REV1.state === 'DONE') next.REV1 = pending(next.REV1, at);
    next.REV2 = waiting(next.REV2, at);
    next.APP = waiting(next.APP, at);
  }
  if (transition === 'T16') {
    for (const each of LANE_CODES) {
      if (next[each].state === 'RETURNED' || next[each].state === 'BLOCKED') next[each] = pending(next[each], at);
    }
  }
  if (transition === 'T30' || transition === 'T32') {
    next.PRT = pending(next.PRT, at);
    next.QC = waiting(next.QC, at);
  }
  return openInTurn(next, state, route?.business ?? 'registration', at);
}

/** Opens the lanes that wait for this state. Parallel lanes are opened at dispatch, the second review after them. */
export function openInTurn(
  lanes: LaneTasks,
  state: CaseState,
  business: 'registration' | 'provident-fund',
  at: string,
): LaneTasks {
  const next: Record<Lane, LaneTask> = { ...lanes };
  for (const lane of ['REV2', 'APP', 'BOOK', 'PRT', 'QC', 'ARC'] as const) {
    if (next[lane].state !== 'WAITING' || !LANES[lane].open.includes(state)) continue;
    if (lane === 'REV2' && !areParallelLanesSettled(lanes)) continue;
    // An approver looks at a reviewed case; at a case under supplement or notice only when there is a reason to.
    if (lane === 'APP' && state !== 'REVIEWED') continue;
    if (lane === 'BOOK' && business === 'provident-fund') continue;
    next[lane] = pending(next[lane], at);
  }
  return next;
}

function pending(task: LaneTask, at: string): LaneTask {
  return { ...task, state: 'PENDING', since: at, openedAt: at, by: null };
}

function waiting(task: LaneTask, at: string): LaneTask {
  return { ...task, state: 'WAITING', since: at, openedAt: null, by: null };
}
