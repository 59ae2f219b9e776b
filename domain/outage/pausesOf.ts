import type { CasePause } from '../case/progress.ts';
import type { OutageRecord } from './types.ts';

/**
 * The outages of a hall as pauses of one case: those about it or about all, from the acceptance on, since nobody waited
 * before. In order of their beginning.
 */
export function pausesOfOutages(
  { id, acceptedAt }: { id: string; acceptedAt: string },
  outages: readonly OutageRecord[],
): CasePause[] {
  return outages
    .filter(({ caseId, to }) => (caseId === undefined || caseId === id) && (to === null || to > acceptedAt))
    .map(({ from, to, by, reason, proof }) => ({
      kind: 'P5' as const,
      from: from > acceptedAt ? from : acceptedAt,
      to,
      by,
      reason,
      proof,
    }))
    .sort((a, b) => a.from.localeCompare(b.from));
}
