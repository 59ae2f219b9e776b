import type { Party, Property } from '../case/types.ts';
import type { MaterialCondition, ProjectKind } from '../catalogue/types.ts';

/** Pre-review (预审) before the window, T01–T05 (domain.md §3.4). Stream `prereview:<uuid>`; the case accepted from it names it. */
export const PRE_REVIEW_STATES = ['PRE_REVIEW', 'PRE_PASSED', 'PRE_FAILED', 'ENDED'] as const;
export type PreReviewState = (typeof PRE_REVIEW_STATES)[number];

export interface MaterialAnswer {
  code: string;
  has: boolean;
}

/** Everything asked and answered so far; saved whole each time. */
export interface PreReviewSaved {
  /** 预审编号 */
  number: string;
  itemCode: string;
  projectKind?: ProjectKind | undefined;
  catalogueVersion: string;
  conditions: MaterialCondition[];
  parties: Party[];
  /** Typed where no card was laid; whose it is nobody knows, and the card at the window is compared with it. */
  typedNumber: string | null;
  property: Property | null;
  materials: MaterialAnswer[];
  elder: boolean;
  /** Version of the privacy notice that was shown and agreed to (domain.md §7.1). */
  notice: string;
  terminal: string;
  /** At the desk by staff, or by the citizen alone. */
  guided: boolean;
  at: string;
}

export interface PreReviewBodies {
  'prereview.saved': PreReviewSaved;
  /** T03 or T04: everything that is missing is said at once (一次性告知). */
  'prereview.judged': { at: string; missing: string[] };
  /** `accepted`: a case was accepted from it. `sent-back` (T10) leaves it open again. */
  'prereview.ended': { at: string; how: 'accepted' | 'refused' | 'cancelled' | 'expired' };
  'prereview.sent-back': { at: string; terminal: string; reason: string };
}

export interface PreReviewRecord extends PreReviewSaved {
  id: string;
  version: number;
  state: PreReviewState;
  startedAt: string;
  missing: string[];
  /** How often papers were judged: the visits of S1. */
  visits: number;
  sentBack: { at: string; terminal: string; reason: string }[];
  ended: { at: string; how: 'accepted' | 'refused' | 'cancelled' | 'expired' } | null;
}
