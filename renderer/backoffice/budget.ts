import { laneMinutes } from '../../domain/case/forecast.ts';
import { LANES, type Lane, type LaneTask } from '../../domain/case/lanes.ts';
import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { Pause } from '../../domain/clock/pauses.ts';

export interface Budget {
  state: 'calm' | 'near' | 'over';
  /** Used part, above 1 when over. */
  share: number;
  /** Opening minutes left; negative: over by so many. */
  left: number;
}

/** Amber at 70 % of a lane's budget, red at the whole of it (domain.md §3.2). */
const NEAR = 0.7;

/**
 * How much of a lane's own time is used; null where there is no budget or its turn has not come.
 * @param pauses of the case
 * @param now ms since the epoch
 */
export function budgetOf(
  rules: ClockRules,
  lane: Lane,
  task: LaneTask,
  pauses: readonly Pause[],
  now: number,
): Budget | null {
  const { budgetMinutes } = LANES[lane];
  const used = laneMinutes(rules, task, pauses, now);
  if (budgetMinutes === null || used === null) return null;
  const share = used / budgetMinutes;
  return { state: share >= 1 ? 'over' : share >= NEAR ? 'near' : 'calm', share, left: budgetMinutes - used };
}
