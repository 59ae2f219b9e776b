/**
 * The legal transitions of a case (domain.md §3.4). What is not listed is illegal and refused with
 * `illegal-transition`. This table is read by the reducers, the service, the pages and the docs.
 */

export type CaseState = 'DRAFT' | 'PRE_REVIEW' | 'PRE_PASSED' | 'AT_WINDOW' | 'ACCEPTED';

export type TransitionId = 'T01' | 'T02' | 'T03' | 'T11' | 'T13' | 'T43' | 'T44';

/** 本机完成 · 本机留存，待中心 · 需联网 (design.md §5). */
export type OfflineTier = 'local' | 'local-then-centre' | 'online';

export interface Transition {
  from: CaseState | null;
  event: string;
  to: CaseState;
  tier: OfflineTier;
}

export const TRANSITIONS: Record<TransitionId, Transition> = {
  T01: { from: null, event: '开始预审', to: 'DRAFT', tier: 'local' },
  T02: { from: 'DRAFT', event: '读证、收件', to: 'PRE_REVIEW', tier: 'local' },
  T03: { from: 'PRE_REVIEW', event: '材料齐全', to: 'PRE_PASSED', tier: 'local' },
  T11: { from: 'AT_WINDOW', event: '受理', to: 'ACCEPTED', tier: 'local-then-centre' },
  T13: { from: 'AT_WINDOW', event: '当场更正', to: 'AT_WINDOW', tier: 'local' },
  T43: { from: 'DRAFT', event: '嘱托事项送达', to: 'AT_WINDOW', tier: 'local' },
  T44: { from: 'PRE_PASSED', event: '不经排队办理', to: 'AT_WINDOW', tier: 'local' },
};

export const STATE_NAMES: Record<CaseState, string> = {
  DRAFT: '草稿',
  PRE_REVIEW: '预审中',
  PRE_PASSED: '预审合格',
  AT_WINDOW: '窗口办理',
  ACCEPTED: '已受理',
};

/** Pre-review, hand-over and acceptance done by one clerk at the window, without a ticket. */
export const WALK_IN_PATH: readonly TransitionId[] = ['T01', 'T02', 'T03', 'T44', 'T11'];

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
    if (step.from !== state) return { ok: false, at: id, state };
    state = step.to;
  }
  return { ok: true, state };
}
