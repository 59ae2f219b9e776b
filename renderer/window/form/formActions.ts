import type { IdentityCard } from '../../../contract/identity.ts';
import type { Encumbrance } from '../../../domain/case/details.ts';
import type { Override, PartyRole } from '../../../domain/case/types.ts';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue, MaterialCondition, MaterialForm } from '../../../domain/catalogue/types.ts';
import { mergeCard, partyFromCard } from './cardParty.ts';
import type { FieldPath } from './fields.ts';
import type { FormMaterial, FormParty, FormState } from './formState.ts';

/** Pure steps of the form: state in, state out. The store calls them; tests call them directly. */

export type CardAnswer = 'joint' | 'agent' | 'replace' | 'obligor';

/**
 * A card was laid.
 * @returns the new form, or `ask` when somebody else is already there: the page asks one question (faces.md)
 */
export function layCard(form: FormState, card: IdentityCard, key: string): FormState | 'ask' {
  const same = form.parties.findIndex((party) => party.idNumber.toUpperCase() === card.number.toUpperCase());
  if (same >= 0) {
    const parties = form.parties.map((party, index) => (index === same ? mergeCard(party, card) : party));
    return tickIdentity({ ...form, parties });
  }
  if (form.parties.length > 0) return 'ask';
  return tickIdentity({ ...form, parties: [partyFromCard(card, 'holder', key)] });
}

export function answerCard(form: FormState, card: IdentityCard, answer: CardAnswer, key: string): FormState {
  if (answer === 'replace') {
    // The applicant in hand is the last one added: that is who was mistaken for somebody else.
    const last = form.parties.length - 1;
    const role = form.parties[last]?.role ?? 'holder';
    return tickIdentity({ ...form, parties: [...form.parties.slice(0, last), partyFromCard(card, role, key)] });
  }
  const role: PartyRole = answer === 'joint' ? 'holder' : answer;
  return tickIdentity({ ...form, parties: [...form.parties, partyFromCard(card, role, key)] });
}

/** 身份证明 of a registration, and of the provident fund. */
const IDENTITY = ['M02', 'F01'] as const;

/**
 * The proof of identity is seen when every person's card was read and no organisation is among the parties (domain.md
 * §2.8).
 */
function tickIdentity(form: FormState): FormState {
  const complete = form.parties.length > 0 && form.parties.every((party) => party.origin === 'card');
  const materials = { ...form.materials };
  for (const code of IDENTITY) {
    if (complete) materials[code] ??= { form: 'viewed', copies: 1, pages: 0, byCard: true };
    else if (materials[code]?.byCard) delete materials[code];
  }
  return { ...form, materials };
}

export function addParty(form: FormState, party: FormParty): FormState {
  return tickIdentity({ ...form, parties: [...form.parties, party] });
}

export function changeParty(form: FormState, key: string, change: Partial<FormParty>): FormState {
  const parties = form.parties.map((party) => (party.key === key ? { ...party, ...change } : party));
  return tickIdentity({ ...form, parties });
}

export function removeParty(form: FormState, key: string): FormState {
  return tickIdentity({ ...form, parties: form.parties.filter((party) => party.key !== key) });
}

/** An empty reason removes the override: a warning without a reason is not acknowledged. */
export function giveReason(form: FormState, key: string, code: Override['code'], reason: string): FormState {
  const party = form.parties.find((candidate) => candidate.key === key);
  if (!party) return form;
  const others = party.overrides.filter((override) => override.code !== code);
  const overrides = reason === '' ? others : [...others, { code, reason }];
  return changeParty(form, key, { overrides });
}

export function chooseItem(form: FormState, itemCode: string): FormState {
  return { ...form, itemCode };
}

export function answerCondition(form: FormState, condition: MaterialCondition, on: boolean): FormState {
  return { ...form, answers: { ...form.answers, [condition]: on } };
}

export function usualMaterial(code: string, catalogue: Catalogue): FormMaterial {
  const form = findMaterial(code, catalogue)?.forms[0] ?? 'original';
  return { form, copies: form === 'shared' ? 0 : 1, pages: 0, byCard: false };
}

export function toggleMaterial(form: FormState, code: string, catalogue: Catalogue): FormState {
  if (form.materials[code]) {
    const { [code]: _gone, ...rest } = form.materials;
    return { ...form, materials: rest };
  }
  return { ...form, materials: { ...form.materials, [code]: usualMaterial(code, catalogue) } };
}

/** Next or previous allowed form; an unticked material is ticked first. */
export function cycleMaterialForm(form: FormState, code: string, step: 1 | -1, catalogue: Catalogue): FormState {
  const forms = findMaterial(code, catalogue)?.forms ?? [];
  const present = form.materials[code];
  if (!present) return toggleMaterial(form, code, catalogue);
  const at = forms.indexOf(present.form);
  const next: MaterialForm = forms[(at + step + forms.length) % forms.length] ?? present.form;
  if (next === present.form) return form;
  const copies = next === 'shared' ? 0 : Math.max(1, present.copies);
  return { ...form, materials: { ...form.materials, [code]: { ...present, form: next, copies, byCard: false } } };
}

/** A paper that lies under the camera is there: it is ticked, and knows its pages. */
export function noteScanned(
  form: FormState,
  counts: Readonly<Record<string, number>>,
  catalogue: Catalogue,
): FormState {
  const materials = { ...form.materials };
  for (const [code, pages] of Object.entries(counts)) {
    materials[code] = { ...(materials[code] ?? usualMaterial(code, catalogue)), pages };
  }
  for (const [code, material] of Object.entries(materials)) {
    if (counts[code] === undefined && material.pages > 0) materials[code] = { ...material, pages: 0 };
  }
  return { ...form, materials };
}

/** 1 to 999 copies of a ticked paper; data sharing has none. */
export function changeCopies(form: FormState, code: string, step: 1 | -1): FormState {
  const present = form.materials[code];
  if (!present || present.form === 'shared') return form;
  const copies = Math.min(999, Math.max(1, present.copies + step));
  return { ...form, materials: { ...form.materials, [code]: { ...present, copies } } };
}

export function setField(form: FormState, path: FieldPath, typed: string): FormState {
  return { ...form, fields: { ...form.fields, [path]: typed } };
}

/** 邮寄 begins with whom the case is made out to: what is there already is not typed again. */
export function chooseDelivery(form: FormState, method: 'window' | 'mail'): FormState {
  const fields = { ...form.fields, 'delivery.method': method };
  const holder = form.parties.find((party) => party.role === 'holder') ?? form.parties[0];
  if (method === 'mail' && holder) {
    fields['delivery.receiver'] ||= holder.name;
    fields['delivery.phone'] ||= holder.phone;
    fields['delivery.address'] ||= holder.address ?? '';
  }
  return { ...form, fields };
}

export function toggleEncumbrance(form: FormState, encumbrance: Encumbrance): FormState {
  const { encumbrances } = form;
  return {
    ...form,
    encumbrances: encumbrances.includes(encumbrance)
      ? encumbrances.filter((each) => each !== encumbrance)
      : [...encumbrances, encumbrance],
  };
}
