import type { AcceptanceDraft } from '../../../domain/case/acceptanceRules.ts';
import { WALK_IN_PATH } from '../../../domain/case/paths.ts';
import type { SlipSource } from '../../../domain/slip/acceptanceSlip.ts';

interface Provisional {
  at: string;
  /** A word in place of the number that does not exist yet. */
  number: string;
  clerk: { id: string; name: string };
  window: string;
}

/** A record only to draw a slip from; it is never stored or sent. */
export function provisionalRecord(draft: AcceptanceDraft, given: Provisional): SlipSource {
  return {
    acceptedAt: given.at,
    acceptance: {
      ...draft,
      number: given.number,
      catalogueVersion: '',
      path: [...WALK_IN_PATH],
      source: 'window',
      window: given.window,
      hall: '',
      clerk: given.clerk,
    },
  };
}
