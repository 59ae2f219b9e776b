import { ENDED_STATES } from './states.ts';
import { TRANSITIONS, type Transition, type TransitionId } from './transitions.ts';
import type { CaseOwner, CaseRecord } from './types.ts';

/**
 * 经办窗口: while the centre is away exactly one window may go on with a case, the one that accepted it, until a supervisor
 * has moved the case to another. The fence rises with every such move; a step made before it is stale after it.
 */
export function ownerOf({ acceptance, owner }: Pick<CaseRecord, 'acceptance' | 'owner'>): CaseOwner {
  return owner ?? { window: acceptance.window, fence: 1 };
}

/** Whether a terminal may take this step by itself. Printing and checking belong to rooms of their own, not to a window. */
export function mayStepAlone(
  record: Pick<CaseRecord, 'acceptance' | 'owner'>,
  terminal: string,
  transition: TransitionId,
): boolean {
  const { who }: Transition = TRANSITIONS[transition];
  return !who.includes('WIN') || ownerOf(record).window === terminal;
}

/** @returns the case in the hands of another window; null when it is over, or that window has it already */
export function takeOverCase(
  record: CaseRecord,
  { window, reason }: { window: string; reason: string },
  { actor, at }: { actor: string; at: string },
): CaseRecord | null {
  const before = ownerOf(record);
  if (ENDED_STATES.includes(record.state) || before.window === window) return null;
  return {
    ...record,
    version: record.version + 1,
    owner: { window, fence: before.fence + 1 },
    history: [...record.history, { step: 'OWN:taken', at, by: actor, to: record.state, note: `${window} ${reason}` }],
  };
}
