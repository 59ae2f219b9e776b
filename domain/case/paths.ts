import type { CaseState } from './states.ts';
import { TRANSITIONS, type TransitionId } from './transitions.ts';

/** Pre-review, hand-over and acceptance done by one clerk at the window, without a ticket. */
export const WALK_IN_PATH: readonly TransitionId[] = ['T01', 'T02', 'T03', 'T44', 'T11'];

/** Pre-review, ticket, call and arrival, and the acceptance at the window. */
export const TICKET_PATH: readonly TransitionId[] = ['T01', 'T02', 'T03', 'T06', 'T07', 'T08', 'T11'];

/** Entrusted items brought by court staff: no pre-review, no ticket, served at once. */
export const ENTRUSTED_PATH: readonly TransitionId[] = ['T01', 'T43', 'T11'];

/** @returns the state after the steps, or the first step that is illegal from where the case then stands */
export function walk(
  from: CaseState | null,
  steps: readonly TransitionId[],
): { ok: true; state: CaseState | null } | { ok: false; at: TransitionId; state: CaseState | null } {
  let state = from;
  for (const id of steps) {
    const step = TRANSITIONS[id];
    if (!step.from.includes(state)) return { ok: false, at: id, state };
    state = step.to[0];
  }
  return { ok: true, state };
}
