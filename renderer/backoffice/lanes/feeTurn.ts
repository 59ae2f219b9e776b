import type { CaseFile } from '../../../domain/case/types.ts';

/** 核费 · 收费 · 公积金放款. */
export type FeeTurn = 'assess' | 'take' | 'pay-out';

/**
 * What the fee lane has to do with a case, or had: once the money is in, the page still says so, until its person leaves
 * the case.
 */
export function feeTurnOf({ state, route, fee }: Pick<CaseFile, 'state' | 'route' | 'fee'>): FeeTurn {
  if (state === 'APPROVED' && route?.business === 'provident-fund') return 'pay-out';
  // After a supplement the case is in PARALLEL again, and the lines may be others.
  return state === 'PARALLEL' || fee === null ? 'assess' : 'take';
}
