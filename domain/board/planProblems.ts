import { LAST_FLOOR, LAST_WINDOW } from '../announcement/announcement.ts';
import type { HallPlan, PlannedWindow, QueuePolicy } from '../queue/hallTypes.ts';
import type { Queue } from '../queue/ticketTypes.ts';

/** What keeps a plan from being put in force. `about` names the window, the terminal or the rule. */
export interface PlanProblem {
  kind:
    | 'no-window'
    | 'number-bad'
    | 'number-twice'
    | 'terminal-bad'
    | 'terminal-twice'
    | 'no-queue'
    | 'floor-bad'
    | 'zone-bad'
    | 'policy-bad';
  about: string;
}

type NumericRule = { [K in keyof QueuePolicy]: QueuePolicy[K] extends number ? K : never }[keyof QueuePolicy];

/** In which unit a rule is typed, and how far it may go. The wire allows more (contract/ops/hall.ts); a hall does not need it. */
export const POLICY_LIMITS = {
  recallAfterMs: { unit: 'seconds', from: 5, to: 120 },
  maxCalls: { unit: 'times', from: 1, to: 3 },
  passAfterMs: { unit: 'seconds', from: 10, to: 600 },
  elderPassAfterMs: { unit: 'seconds', from: 10, to: 900 },
  holdMaxMs: { unit: 'minutes', from: 1, to: 120 },
  agedAfterMs: { unit: 'minutes', from: 5, to: 240 },
  maxPrioritiesInRow: { unit: 'inRow', from: 1, to: 10 },
  maxPickupsInRow: { unit: 'inRow', from: 1, to: 10 },
  slotEarlyMs: { unit: 'minutes', from: 0, to: 60 },
  slotLateMs: { unit: 'minutes', from: 0, to: 60 },
  maxReturnsInRow: { unit: 'inRow', from: 1, to: 10 },
} as const satisfies Record<NumericRule, { unit: keyof typeof UNIT_MS; from: number; to: number }>;

export const UNIT_MS = { seconds: 1_000, minutes: 60_000, times: 1, inRow: 1 } as const;

export type PolicyNumber = keyof typeof POLICY_LIMITS;

/** A number as it is typed, in the unit of the rule; null when it is none, or too far. */
export function policyValue(rule: PolicyNumber, text: string): number | null {
  const { unit, from, to } = POLICY_LIMITS[rule];
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number * UNIT_MS[unit] : null;
}

/** Every problem, in the order of the windows and then of the rules. */
export function findPlanProblems({ windows, policy }: HallPlan): PlanProblem[] {
  const found: PlanProblem[] = windows.length === 0 ? [{ kind: 'no-window', about: '' }] : [];
  const seen = { number: new Set<number>(), terminal: new Set<string>() };
  for (const window of windows) found.push(...problemsOf(window, seen));
  for (const [rule, { unit, from, to }] of Object.entries(POLICY_LIMITS)) {
    const value = policy[rule as PolicyNumber] / UNIT_MS[unit];
    if (!(Number.isInteger(value) && value >= from && value <= to)) found.push({ kind: 'policy-bad', about: rule });
  }
  return found;
}

function problemsOf(
  { number, terminal, floor, queues, zone }: PlannedWindow,
  seen: { number: Set<number>; terminal: Set<string> },
): PlanProblem[] {
  const found: PlanProblem[] = [];
  const about = String(number);
  if (!(Number.isInteger(number) && number >= 1 && number <= LAST_WINDOW)) found.push({ kind: 'number-bad', about });
  else if (seen.number.has(number)) found.push({ kind: 'number-twice', about });
  if (!/^[A-Z]\d{2}$/.test(terminal)) found.push({ kind: 'terminal-bad', about: terminal });
  else if (seen.terminal.has(terminal)) found.push({ kind: 'terminal-twice', about: terminal });
  if (queues.length === 0) found.push({ kind: 'no-queue', about });
  if (!(Number.isInteger(floor) && floor >= 1 && floor <= LAST_FLOOR)) found.push({ kind: 'floor-bad', about });
  if (!/^[a-z0-9-]{1,40}$/.test(zone)) found.push({ kind: 'zone-bad', about });
  seen.number.add(number);
  seen.terminal.add(terminal);
  return found;
}

/** Queues of `wanted` that no window serves: their numbers would never be called. */
export function unservedQueues({ windows }: HallPlan, wanted: readonly Queue[]): Queue[] {
  return wanted.filter((queue) => !windows.some(({ queues }) => queues.includes(queue)));
}
