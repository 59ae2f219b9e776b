import { ENDED_STATES } from './states.ts';
import type { CaseRecord } from './types.ts';

/**
 * Nothing was registered and nothing will be: withdrawn, rejected, and archived after that. The fee is for a right
 * registered once (domain.md §2.7), so what was paid goes back.
 */
export function isFeeReturned({ state, bookedAt }: Pick<CaseRecord, 'state' | 'bookedAt'>): boolean {
  return bookedAt === null && ENDED_STATES.includes(state);
}
