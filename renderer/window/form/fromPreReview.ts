import type { PreReviewFile } from '../../../contract/rpc/preReview.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';
import type { Fields } from './fields.ts';
import { addParty, changeParty, chooseItem } from './formActions.ts';
import type { FormState } from './formState.ts';
import { groupUnitNumber } from './idFeedback.ts';

/**
 * The form as the pre-review left it (T08): item, persons, property, answers. Nothing is typed again; the originals are
 * seen at the window, so no paper is ticked yet.
 * @param ticket the number that was called with it
 */
export function fillFromPreReview(
  form: FormState,
  file: PreReviewFile,
  ticket: FormState['ticket'],
  catalogue: Catalogue,
  newKey: () => string,
): FormState {
  const begun = file.parties.reduce(
    (state, { share, bankNumber, phone, ...party }) =>
      addParty(state, {
        ...party,
        key: newKey(),
        origin: party.origin === 'typed' ? 'typed' : 'pre-review',
        phone: phone ?? '',
        share: share ?? '',
        bankNumber: bankNumber ?? '',
      }),
    chooseItem(form, file.itemCode),
  );
  const { property } = file;
  const fields: Fields = {
    ...begun.fields,
    ...(property?.area && { 'property.area': property.area }),
    ...(property?.use && { 'property.use': property.use }),
    ...(property?.landUse && { 'property.landUse': property.landUse }),
    ...(property?.landNature && { 'property.landNature': property.landNature }),
  };
  return {
    ...begun,
    projectKind: file.projectKind ?? null,
    location: property?.location ?? '',
    unitNumber: property?.unitNumber ? groupUnitNumber(property.unitNumber) : '',
    certificate: property?.certificate?.number ?? '',
    encumbrances: property?.encumbrances ?? [],
    fields,
    answers: answersOf(file, catalogue),
    ticket,
    preReview: {
      id: file.id,
      number: file.number,
      at: file.at,
      origin: file.origin,
      brought: Object.fromEntries(file.materials.map(({ code, has }) => [code, has])),
      sentBack: file.sentBack.at(-1)?.reason ?? null,
    },
  };
}

/**
 * Who said at the pre-review that they come for somebody else is no applicant: the one person there is the agent, and the
 * applicant is still to be entered.
 */
export function markAgent(form: FormState, { conditions }: Pick<PreReviewFile, 'conditions'>): FormState {
  const [only, ...others] = form.parties;
  if (!conditions.includes('agent') || !only || others.length > 0 || only.role !== 'holder') return form;
  return changeParty(form, only.key, { role: 'agent' });
}

/** Every question of the item was asked there: a condition that does not hold was answered with no. */
function answersOf({ itemCode, conditions }: PreReviewFile, catalogue: Catalogue): FormState['answers'] {
  const item = findItem(itemCode, catalogue);
  const asked = new Set(item?.materials.flatMap((entry) => entry.when ?? entry.unless ?? []));
  asked.delete('agent');
  return Object.fromEntries([...asked].map((condition) => [condition, conditions.includes(condition)]));
}
