import type { CaseState } from './states.ts';

/** How the window sorts its cases (faces.md, "Window role"); in the order of the left column. */
export const WINDOW_GROUPS = ['notice', 'open', 'pickup', 'supplement', 'payment', 'closed'] as const;
export type WindowGroup = (typeof WINDOW_GROUPS)[number];

const GROUP_OF_STATE: Partial<Record<CaseState, WindowGroup>> = {
  // Refused, and the notice is not out: by law it counts as accepted until it is (不动产登记暂行条例 §17).
  AT_WINDOW: 'notice',
  READY: 'pickup',
  PICKUP_CALLED: 'pickup',
  SHIPPED: 'pickup',
  SUPPLEMENT: 'supplement',
  PAY_WAIT: 'payment',
  NOT_ACCEPTED: 'closed',
  ISSUED: 'closed',
  ARCHIVED: 'closed',
  REJECTED: 'closed',
  WITHDRAWN: 'closed',
  VOIDED: 'closed',
};

/** Which heading of the window's list a case stands under. */
export function windowGroupOf(state: CaseState): WindowGroup {
  return GROUP_OF_STATE[state] ?? 'open';
}
