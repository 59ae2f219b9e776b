import type { PreReviewBodies, PreReviewRecord } from './types.ts';

export type PreReviewOp = {
  [K in keyof PreReviewBodies]: { kind: K; body: PreReviewBodies[K] };
}[keyof PreReviewBodies];

/** @returns the pre-review after the op, or null when it is not legal there (domain.md §3.4 T01–T05, T10, T42) */
export function stepPreReview(current: PreReviewRecord | null, id: string, op: PreReviewOp): PreReviewRecord | null {
  if (op.kind === 'prereview.saved') {
    if (current === null) {
      const { at } = op.body;
      return {
        ...op.body,
        id,
        version: 1,
        state: 'PRE_REVIEW',
        startedAt: at,
        missing: [],
        visits: 0,
        sentBack: [],
        ended: null,
      };
    }
    if (current.ended) return null;
    return { ...current, ...op.body, version: current.version + 1, state: 'PRE_REVIEW' };
  }
  if (current === null || current.ended) return null;
  const version = current.version + 1;
  switch (op.kind) {
    case 'prereview.judged': {
      const { missing } = op.body;
      if (current.state !== 'PRE_REVIEW') return null;
      const state = missing.length === 0 ? 'PRE_PASSED' : 'PRE_FAILED';
      return { ...current, version, state, missing, visits: current.visits + 1 };
    }
    case 'prereview.sent-back':
      return { ...current, version, state: 'PRE_REVIEW', sentBack: [...current.sentBack, op.body] };
    case 'prereview.ended':
      return { ...current, version, state: 'ENDED', ended: op.body };
  }
}
