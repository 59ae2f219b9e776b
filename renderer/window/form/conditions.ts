import { conditionsOf as holdingConditions } from '../../../domain/case/acceptanceRules.ts';
import { asksOf } from '../../../domain/catalogue/asks.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue, Item, MaterialCondition } from '../../../domain/catalogue/types.ts';
import type { FormState } from './formState.ts';

/** A condition the chosen item asks about. An agent is never asked about: it follows from the parties. */
export interface Question {
  condition: Exclude<MaterialCondition, 'agent'>;
  on: boolean;
  /** The answer follows from the parties until the clerk gives another. */
  derived: boolean;
}

/** The conditions that decide about materials the item lists, in catalogue order. Empty without an item. */
export function questionsOf(form: FormState, catalogue: Catalogue): Question[] {
  const item = findItem(form.itemCode, catalogue);
  if (!item) return [];
  const listed = new Set(item.materials.flatMap((entry) => entry.when ?? entry.unless ?? []));
  return [...listed]
    .filter((condition) => condition !== 'agent')
    .map((condition) => {
      const derived = conclude(condition, form, item);
      const answer = form.answers[condition];
      return { condition, on: answer ?? derived ?? false, derived: derived !== null && answer === undefined };
    });
}

/** @returns what follows from the rest of the form; null where only the clerk knows */
function conclude(condition: MaterialCondition, form: FormState, item: Item): boolean | null {
  if (condition === 'organisation') return isGrantorOrganisation(form);
  if (condition !== 'encumbered' || !asksOf(item).register) return null;
  return form.encumbrances.includes('notice') || form.encumbrances.includes('mortgage');
}

/**
 * The grantor is an organisation: the obligor (抵押人为单位时, domain.md §2.8); without an obligor the holders are looked
 * at, because a sole applicant grants by himself.
 */
function isGrantorOrganisation(form: FormState): boolean {
  const obligors = form.parties.filter((party) => party.role === 'obligor');
  const grantors = obligors.length > 0 ? obligors : form.parties.filter((party) => party.role === 'holder');
  return grantors.some((party) => party.kind === 'organisation');
}

/** The clerk's answers, and what the rules themselves conclude from the parties. */
export function conditionsOf(form: FormState, catalogue: Catalogue): MaterialCondition[] {
  const ticked = questionsOf(form, catalogue).flatMap((question) => (question.on ? [question.condition] : []));
  return holdingConditions({ conditions: ticked, parties: form.parties });
}
