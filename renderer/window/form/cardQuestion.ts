import { findItem } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import type { CardAnswer } from './formActions.ts';
import type { FormState } from './formState.ts';

/**
 * The answers offered for a second card, in the order of their keys 1, 2, 3 (faces.md). 义务人 is a fourth one where two
 * sides apply together, and as long as the item is not chosen.
 */
export function cardAnswersFor(form: FormState, catalogue: Catalogue): CardAnswer[] {
  const item = findItem(form.itemCode, catalogue);
  const twoSided = !item || item.applicancy === 'joint' || item.applicancy === 'joint-or-unilateral';
  return twoSided ? ['joint', 'agent', 'replace', 'obligor'] : ['joint', 'agent', 'replace'];
}
