import type { FoundCase } from '../../db/cases.ts';
import { caseTimeOf } from '../../domain/case/caseTime.ts';
import { CASE_STATES, ENDED_STATES } from '../../domain/case/states.ts';
import { readCase } from '../../domain/clock/caseClock.ts';
import { clockOf } from '../caseTimes.ts';
import type { ServiceContext } from '../context.ts';

export interface Risk {
  found: FoundCase;
  state: 'near' | 'over';
}

const UNDER_WAY = CASE_STATES.filter((state) => !ENDED_STATES.includes(state));

/** How long the answer of the last look holds: reading every clock of the hall is not done with each breath of the board. */
const HOLDS_MS = 30_000;

const last = new WeakMap<object, { at: number; risks: Risk[] }>();

/** Cases whose promise is over, or so near its end that somebody should look (domain.md §5.4). */
export function readRisks(context: ServiceContext): Risk[] {
  const at = context.now();
  const kept = last.get(context.store);
  if (kept && Math.abs(at - kept.at) < HOLDS_MS) return kept.risks;
  const risks = context.store.cases.underWay(UNDER_WAY).flatMap((found): Risk[] => {
    const { record } = found;
    const clock = clockOf(context, record);
    if (!clock) return [];
    const { acceptedAt, pauses } = caseTimeOf(record);
    const { state } = readCase(context.clockRules, { acceptedAt, pauses }, clock, at).promise;
    if (state === 'calm') return [];
    return [{ found, state: state === 'over' ? 'over' : 'near' }];
  });
  last.set(context.store, { at, risks });
  return risks;
}
