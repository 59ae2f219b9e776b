import { dueTime } from '../clock/dueTime.ts';
import { toHallMinute } from '../clock/localTime.ts';
import { type ClockRules, openMinutes } from '../clock/openTime.ts';
import { type Pause, stopsFor } from '../clock/pauses.ts';
import { pausesOf } from './caseTime.ts';
import { LANES, type Lane, type LaneTask, PARALLEL_LANES } from './lanes.ts';
import type { CaseRecord } from './types.ts';

/** Call to the window, domain.md §3.2. */
const CALL_MINUTES = 5;

const IN_TURN = ['REV2', 'APP', 'BOOK', 'PRT', 'QC'] as const satisfies Lane[];

/**
 * How long a lane has had its task, in opening minutes; null before its turn. Budgets are parts of the promise
 * (domain.md §3.2): what stops that clock stops theirs.
 * @param pauses of the case
 * @param now ms since the epoch
 */
export function laneMinutes(
  rules: ClockRules,
  { openedAt, since, state }: LaneTask,
  pauses: readonly Pause[],
  now: number,
): number | null {
  if (openedAt === null) return null;
  const end = state === 'DONE' || state === 'RETURNED' ? Date.parse(since) : now;
  const stops = stopsFor('promise', pauses, now);
  return openMinutes(rules, toHallMinute(Date.parse(openedAt)), toHallMinute(end), stops);
}

/**
 * When a case is done if every lane keeps to its budget from now on (domain.md §3.2), ms since the epoch. A lane that has
 * used up its budget is taken to finish at once, so that this is the earliest likely time. Only for promises in minutes,
 * and only while the clock runs: the caller looks at both.
 * @param now ms since the epoch
 */
export function forecastFinish(
  rules: ClockRules,
  record: Pick<CaseRecord, 'lanes' | 'route' | 'pauses'>,
  now: number,
): number {
  const pauses = pausesOf(record);
  const left = (lane: Lane): number => {
    const task = record.lanes[lane];
    if (task.state === 'DONE' || task.state === 'SKIPPED') return 0;
    return Math.max(0, (LANES[lane].budgetMinutes ?? 0) - (laneMinutes(rules, task, pauses, now) ?? 0));
  };
  const hasOutput = record.route === null || record.route.output !== 'none';
  const turns = IN_TURN.filter((lane) => hasOutput || (lane !== 'PRT' && lane !== 'QC'));
  const minutes =
    Math.max(...PARALLEL_LANES.map(left)) + turns.map(left).reduce((sum, each) => sum + each, 0) + CALL_MINUTES;
  return dueTime(rules, now, { minutes }).at;
}
