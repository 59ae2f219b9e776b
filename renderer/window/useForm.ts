import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { AcceptanceProblem } from '../../domain/case/acceptanceRules.ts';
import { findAcceptanceWarnings } from '../../domain/case/acceptanceWarnings.ts';
import { type Asked, asksOf, type Need } from '../../domain/catalogue/asks.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { HALL_COUNTER } from '../../domain/catalogue/offered.ts';
import type { Item } from '../../domain/catalogue/types.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
import { useCatalogue } from '../app/useCatalogue.ts';
import { problemsOf, toAcceptanceDraft } from './form/formDraft.ts';
import type { FormRules } from './form/formRules.ts';
import type { FormState } from './form/formState.ts';
import { useWorkspace } from './workspace.ts';

export interface FormView extends FormRules {
  form: FormState;
  item: Item | undefined;
  asks: Partial<Record<Asked, Need>>;
}

/** The form in hand, and what its item asks for by the catalogue it was begun with. */
export function useForm(): FormView {
  const workspace = useWorkspace();
  const form = useStore(workspace.form, (state) => state.form);
  const info = useStore(workspace.app.session, (state) => state.info);
  const catalogue = useCatalogue(form.catalogueVersion);
  const item = findItem(form.itemCode, catalogue);
  const counter = useMemo(() => (info ? { offers: info.offers, place: info.place } : HALL_COUNTER), [info]);
  return { form, catalogue, counter, item, asks: item ? asksOf(item) : {} };
}

/** What stands in the way of acceptance, in the order a clerk would meet it. */
export function useProblems(): AcceptanceProblem[] {
  const { form, catalogue, counter } = useForm();
  const today = localDay(useNow());
  return useMemo(() => problemsOf(form, today, { catalogue, counter }), [form, catalogue, counter, today]);
}

/** The sentence beside each field; a field that has none is good, or not asked for. */
export function useSentences(): ReadonlyMap<string, string> {
  const problems = useProblems();
  return useMemo(() => new Map(problems.map(({ path, message }) => [path, message])), [problems]);
}

/** What is odd and stands in nobody's way, by the path of its field. */
export function useWarnings(): ReadonlyMap<string, string> {
  const { form, catalogue } = useForm();
  const today = localDay(useNow());
  return useMemo(() => {
    const warnings = findAcceptanceWarnings(toAcceptanceDraft(form, catalogue), today);
    return new Map(warnings.map(({ path, message }) => [path, message]));
  }, [form, catalogue, today]);
}
