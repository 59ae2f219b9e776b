import type { Advance } from '../case/advance.ts';
import type { CaseState } from '../case/states.ts';
import { TRANSITIONS, type Transition } from '../case/transitions.ts';
import { HALL_STREAMS } from '../hall/reduceHall.ts';
import type { OpBodies } from '../ledger/op.ts';
import type { ReturnDecision, ReturnedBodies, ReturnedRecord } from './types.ts';

type ReturnedOp = { [K in keyof ReturnedBodies]: { kind: K; body: ReturnedBodies[K] } }[keyof ReturnedBodies];

interface Context {
  id: string;
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

/** @returns the next record; null when the op is not legal there: one is noted once, and settled once */
export function stepReturned(
  current: ReturnedRecord | null,
  op: ReturnedOp,
  { id, actor, at }: Context,
): ReturnedRecord | null {
  if (op.kind === 'return.noted')
    return current === null ? { ...op.body, id, version: 1, notedAt: at, settled: null } : null;
  if (current === null || current.settled !== null) return null;
  return { ...current, version: current.version + 1, settled: { ...op.body, by: actor, at } };
}

/** What was returned, as an op of this kind carries it; null when it was of another. */
export function returnedAs<K extends 'case.accepted' | 'case.advanced'>(
  record: Pick<ReturnedRecord, 'kind' | 'content'>,
  kind: K,
): OpBodies[K] | null {
  const content: object = record.content;
  return record.kind === kind ? (content as OpBodies[K]) : null;
}

/** The step of a case that was returned; null when it was something else. */
export function returnedAdvance(record: Pick<ReturnedRecord, 'kind' | 'content'>): Advance | null {
  return returnedAs(record, 'case.advanced');
}

/**
 * What can be decided now. A step can be taken again when it is legal in the state that the centre has: whatever else is
 * to be looked at, the centre looks at then.
 * @param state of the case here; null when it is not here
 */
export function decisionsOf(
  record: Pick<ReturnedRecord, 'kind' | 'content' | 'settled'>,
  state: CaseState | null,
): ReturnDecision[] {
  if (record.settled !== null) return [];
  // As a case of its own, under a number that nobody has.
  if (record.kind === 'case.accepted') return ['done-again', 'centre-stands'];
  const advance = returnedAdvance(record);
  const rule: Transition | null = advance && TRANSITIONS[advance.transition];
  const isLegal = rule !== null && state !== null && rule.from.includes(state);
  return isLegal ? ['done-again', 'centre-stands'] : ['centre-stands'];
}

/** Of its queue the hall decides by itself; and that a decision was itself too late is no second case for people. */
export const NOT_FOR_PEOPLE: readonly string[] = [...HALL_STREAMS, 'return'];
