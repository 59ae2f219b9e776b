import type { Advance, LaneChange } from './advance.ts';
import { effectOf } from './effects.ts';
import { findGuardProblem, type GuardCode } from './guards.ts';
import { isParallelLane, LANE_MOVES, LANES, type Lane, type LaneEvent, MAY_SKIP, noLanes } from './lanes.ts';
import { walk } from './paths.ts';
import type { CasePause, PaymentEntry, Refusal } from './progress.ts';
import { type CaseState, ENDED_STATES } from './states.ts';
import { TRANSITIONS, type Transition, type TransitionId } from './transitions.ts';
import { LANE_OF_TRANSITION, openInTurn, takeTurns } from './turns.ts';
import type { Acceptance, CaseRecord } from './types.ts';

export type CaseRefusalCode = 'illegal-transition' | GuardCode;

/** The outcome of a pure step: the next record, or why there is none. */
export type Stepped = { ok: true; record: CaseRecord } | { ok: false; code: CaseRefusalCode; detail: string };

export interface StepContext {
  id: string;
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

/** A case comes into being with the window's first decision: accepted, or about to be refused. */
export function openCase(acceptance: Acceptance, refusal: Refusal | null, { id, actor, at }: StepContext): Stepped {
  const result = walk(null, acceptance.path);
  const wanted: CaseState = refusal === null ? 'ACCEPTED' : 'AT_WINDOW';
  if (!result.ok) return refused('illegal-transition', `${result.at} from ${result.state}`);
  if (result.state !== wanted) return refused('illegal-transition', `ends in ${result.state}`);
  return {
    ok: true,
    record: {
      id,
      version: 1,
      state: wanted,
      acceptedAt: at,
      acceptance,
      refusal,
      route: null,
      lanes: noLanes(at),
      pauses: [],
      supplements: [],
      notices: [],
      fee: null,
      payments: [],
      certificates: [],
      bookedAt: null,
      pickup: null,
      handover: null,
      archive: null,
      serviceFaults: [],
      history: [{ step: acceptance.path.at(-1) ?? 'T11', at, by: actor, to: wanted, note: null }],
    },
  };
}

/** One transition of the table (domain.md §3.4). What is not listed is illegal; a guard may refuse what is. */
export function advanceCase(record: CaseRecord, advance: Advance, { actor, at }: StepContext): Stepped {
  const rule: Transition = TRANSITIONS[advance.transition];
  if (!rule.from.includes(record.state)) {
    return refused('illegal-transition', `${advance.transition} from ${record.state}`);
  }
  const problem =
    findGuardProblem(rule.guards ?? [], record, advance, actor, at) ?? findTaken(record, advance.transition, actor);
  if (problem) return refused(problem, advance.transition);
  const state = rule.to[0];
  const changed = { ...record, ...effectOf(record, advance, { actor, at }) };
  const note = noteOf(advance);
  return {
    ok: true,
    record: {
      ...changed,
      version: record.version + 1,
      state,
      lanes: takeTurns(changed, advance.transition, state, actor, at),
      pauses: movePauses(changed.pauses, rule, state, { actor, at, note }),
      history: [...record.history, { step: advance.transition, at, by: actor, to: state, note }],
    },
  };
}

/** Claim, release, finish or return a task of a lane. The lanes in turn are finished by their transition. */
export function changeLane(record: CaseRecord, change: LaneChange, { actor, at }: StepContext): Stepped {
  const { lane, event, note } = change;
  const task = record.lanes[lane];
  const move = LANE_MOVES[event];
  const problem = findLaneProblem(record, lane, event, actor);
  if (problem) return refused(problem, `${lane}:${event} from ${task.state} in ${record.state}`);
  if (lane === 'FEE' && event === 'done' && change.fee === undefined) return refused('lanes-open', 'FEE without lines');
  if (event === 'skip' && !note?.trim()) return refused('illegal-transition', `${lane}:skip without a reason`);
  const by = event === 'release' ? null : actor;
  const lanes = { ...record.lanes, [lane]: { ...task, state: move.to, since: at, by, note: note ?? task.note } };
  const fee =
    lane === 'FEE' && event === 'done' && change.fee
      ? { ...change.fee, totalFen: totalOf(change.fee.lines), by: actor, at }
      : record.fee;
  return {
    ok: true,
    record: {
      ...record,
      version: record.version + 1,
      fee,
      lanes: openInTurn(lanes, record.state, record.route?.business ?? 'registration', at),
      history: [...record.history, { step: `${lane}:${event}`, at, by: actor, to: record.state, note: note ?? null }],
    },
  };
}

/** @returns why this lane event is refused whatever it carries, or null */
export function findLaneProblem(
  { state, lanes }: Pick<CaseRecord, 'state' | 'lanes'>,
  lane: Lane,
  event: LaneEvent,
  actor: string,
): 'illegal-transition' | 'task-taken' | null {
  const task = lanes[lane];
  const isLegal =
    LANES[lane].open.includes(state) &&
    LANE_MOVES[event].from.includes(task.state) &&
    (event !== 'skip' || MAY_SKIP.includes(lane)) &&
    (isParallelLane(lane) || event === 'claim' || event === 'release');
  if (!isLegal) return 'illegal-transition';
  return event !== 'claim' && task.by !== actor ? 'task-taken' : null;
}

/** Money confirmed by the centre; the same entry twice is one entry (the gateway may confirm twice). */
export function enterPayment(record: CaseRecord, entry: PaymentEntry, { actor }: StepContext): Stepped {
  const isKnown = record.payments.some((each) => each.payment === entry.payment && each.kind === entry.kind);
  if (isKnown || ['NOT_ACCEPTED', 'AT_WINDOW'].includes(record.state)) {
    return refused('illegal-transition', `payment in ${record.state}`);
  }
  const step = entry.kind === 'paid' ? 'PAY:paid' : 'PAY:refunded';
  return {
    ok: true,
    record: {
      ...record,
      version: record.version + 1,
      payments: [...record.payments, entry],
      history: [...record.history, { step, at: entry.at, by: actor, to: record.state, note: entry.receipt }],
    },
  };
}

/** Fen after reductions. */
export function totalOf(lines: readonly { count: number; unitFen: number; reducedFen: number }[]): number {
  return lines.reduce((sum, line) => sum + Math.max(0, line.count * line.unitFen - line.reducedFen), 0);
}

/** @returns `task-taken` when somebody else holds the task that the transition belongs to */
export function findTaken({ lanes }: Pick<CaseRecord, 'lanes'>, transition: TransitionId, actor: string) {
  const lane = LANE_OF_TRANSITION[transition];
  if (!lane) return null;
  const { state, by } = lanes[lane];
  return state === 'CLAIMED' && by !== null && by !== actor ? 'task-taken' : null;
}

function movePauses(
  pauses: readonly CasePause[],
  rule: Transition,
  state: CaseState,
  { actor, at, note }: { actor: string; at: string; note: string | null },
): CasePause[] {
  const isEnded = ENDED_STATES.includes(state);
  const next = pauses.map((pause) =>
    pause.to === null && (isEnded || pause.kind === rule.ends) ? { ...pause, to: at } : pause,
  );
  if (rule.starts) next.push({ kind: rule.starts, from: at, to: null, by: actor, reason: note ?? rule.event });
  return next;
}

/** What 经过 shows of the data. */
export function noteOf(advance: Advance): string | null {
  const { data } = advance;
  if ('missing' in data) return data.missing.map((paper) => paper.text).join('、');
  for (const key of ['reason', 'opinion', 'report', 'text', 'note', 'proof', 'list', 'window'] as const) {
    const value = (data as Partial<Record<typeof key, string>>)[key];
    if (value) return value;
  }
  return null;
}

function refused(code: CaseRefusalCode, detail: string): Stepped {
  return { ok: false, code, detail };
}
