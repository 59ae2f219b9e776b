import { findItem } from '../../../domain/catalogue/catalogue.ts';
import type { MaterialCondition } from '../../../domain/catalogue/types.ts';
import type { FormState } from './formState.ts';

/** A condition the chosen item asks about. */
export interface Question {
  condition: MaterialCondition;
  on: boolean;
  /** The answer follows from the parties; `agent` can then not be changed by hand. */
  derived: boolean;
}

/** The conditions that decide about materials the item lists, in catalogue order. Empty without an item. */
export function questionsOf(form: FormState): Question[] {
  const item = findItem(form.itemCode);
  if (!item) return [];
  const asked = new Set(item.materials.flatMap((entry) => entry.when ?? entry.unless ?? []));
  return [...asked].map((condition) => {
    const derived = derive(condition, form);
    const answer = condition === 'agent' ? undefined : form.answers[condition];
    return { condition, on: answer ?? derived ?? false, derived: derived !== null && answer === undefined };
  });
}

/**
 * `agent`: an agent is among the parties. `organisation`: the grantor is one, that is the obligor (抵押人为单位时,
 * domain.md §2.8); without an obligor the holders are looked at, because a sole applicant grants by himself.
 */
function derive(condition: MaterialCondition, form: FormState): boolean | null {
  if (condition === 'agent') return form.parties.some((party) => party.role === 'agent');
  if (condition === 'organisation') {
    const obligors = form.parties.filter((party) => party.role === 'obligor');
    const grantors = obligors.length > 0 ? obligors : form.parties.filter((party) => party.role === 'holder');
    return grantors.some((party) => party.kind === 'organisation');
  }
  return null;
}

export function conditionsOf(form: FormState): MaterialCondition[] {
  return questionsOf(form)
    .filter((question) => question.on)
    .map((question) => question.condition);
}
