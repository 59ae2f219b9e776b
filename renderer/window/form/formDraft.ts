import {
  type AcceptanceDraft,
  type AcceptanceProblem,
  findAcceptanceProblems,
} from '../../../domain/case/acceptanceRules.ts';
import { asksConsent, CONSENT } from '../../../domain/case/materialRules.ts';
import type { Party } from '../../../domain/case/types.ts';
import { asksOf, loansSecuredBy, transferBefore } from '../../../domain/catalogue/asks.ts';
import { findItem, requiredMaterials } from '../../../domain/catalogue/catalogue.ts';
import { asksProjectKind } from '../../../domain/catalogue/promise.ts';
import type { Catalogue, Item, ItemMaterial } from '../../../domain/catalogue/types.ts';
import { parseCertificateNumber } from '../../../domain/numbers/certificateNumber.ts';
import { parseUnitNumber } from '../../../domain/numbers/unitNumber.ts';
import { conditionsOf } from './conditions.ts';
import { asksShares, detailsOf, propertyDetailsOf, withTypingProblems } from './detailsDraft.ts';
import type { FormRules } from './formRules.ts';
import type { FormParty, FormState } from './formState.ts';

/** What the applicant must bring now; the checklist shows exactly this. */
export function checklistOf(form: FormState, catalogue: Catalogue): ItemMaterial[] {
  const item = findItem(form.itemCode, catalogue);
  if (!item) return [];
  const listed = requiredMaterials(item, conditionsOf(form, catalogue));
  const property = { location: '', encumbrances: form.encumbrances };
  const taken = listed.filter(({ material }) => form.materials[material]).map(({ material: code }) => ({ code }));
  const isListed = listed.some(({ material }) => material === CONSENT);
  return isListed || !asksConsent({ property, materials: taken }, item) ? listed : [...listed, { material: CONSENT }];
}

/** Papers that carry the number of the existing right. */
const CERTIFICATES = new Set(['M04', 'M05', 'M27', 'M35']);

export function asksCertificate(form: FormState, catalogue: Catalogue): boolean {
  return checklistOf(form, catalogue).some(({ material }) => CERTIFICATES.has(material));
}

/** The form as `case.accept` takes it: trimmed, normalised, without what the item does not ask for. */
export function toAcceptanceDraft(form: FormState, catalogue: Catalogue): AcceptanceDraft {
  const unit = form.unitNumber.trim() === '' ? null : parseUnitNumber(form.unitNumber);
  const item = findItem(form.itemCode, catalogue);
  const certificate = form.certificate.trim();
  return {
    itemCode: form.itemCode,
    ...(form.projectKind && item && asksProjectKind(item) ? { projectKind: form.projectKind } : {}),
    parties: form.parties.map((party) => toParty(party, form, item)),
    property: {
      location: form.location.trim(),
      ...(unit === null ? {} : { unitNumber: unit.ok ? unit.number : form.unitNumber.trim() }),
      ...(certificate !== '' && asksCertificate(form, catalogue) ? { certificate: toCertificate(certificate) } : {}),
      ...(item && propertyDetailsOf(form, item)),
    },
    conditions: conditionsOf(form, catalogue),
    materials: checklistOf(form, catalogue).flatMap(({ material: code }) => {
      const taken = form.materials[code];
      return taken ? [{ code, form: taken.form, copies: taken.copies, pages: taken.pages }] : [];
    }),
    ...(form.note.trim() === '' ? {} : { note: form.note.trim() }),
    ...(form.visit ? { appointment: form.visit.appointment } : form.ticket && { ticket: form.ticket }),
    ...(form.preReview && { preReview: form.preReview.id }),
    ...(item && detailsOf(form, item)),
    ...(item && linkOf(form, item, catalogue)),
  };
}

function toParty(
  { key: _key, phone, share, bankNumber, ...party }: FormParty,
  form: FormState,
  item: Item | undefined,
): Party {
  const withShare = party.role === 'holder' && asksShares(form, item) && share.trim() !== '';
  const withBank = item !== undefined && asksOf(item).bank !== undefined && bankNumber.trim() !== '';
  return {
    ...party,
    name: party.name.trim(),
    idNumber: party.idNumber.trim().toUpperCase(),
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    ...(withShare && { share: share.trim() }),
    ...(withBank && { bankNumber: bankNumber.replace(/[\s-]+/g, '') }),
    overrides: party.overrides.map((override) => ({ ...override, reason: override.reason.trim() })),
  };
}

/** The other case, where the item can have one; the loan's contract goes with the mortgage. */
function linkOf({ link, fields }: FormState, item: Item, catalogue: Catalogue): Pick<AcceptanceDraft, 'link'> {
  const isMortgage = loansSecuredBy(item, catalogue).length > 0;
  if (!link || (!isMortgage && transferBefore(item) === null)) return {};
  const contractNumber = fields['link.contractNumber']?.trim();
  return {
    link: { caseId: link.caseId, number: link.number, ...(isMortgage && contractNumber && { contractNumber }) },
  };
}

function toCertificate(typed: string): NonNullable<AcceptanceDraft['property']['certificate']> {
  const parsed = parseCertificateNumber(typed);
  return parsed.ok ? { number: parsed.number, legacy: parsed.legacy } : { number: typed, legacy: false };
}

/** @param today local calendar day, ISO */
export function problemsOf(form: FormState, today: string, rules: FormRules): AcceptanceProblem[] {
  const { catalogue } = rules;
  const problems = findAcceptanceProblems(toAcceptanceDraft(form, catalogue), today, rules);
  return withTypingProblems(problems, form, findItem(form.itemCode, catalogue));
}
