import {
  type AcceptanceDraft,
  type AcceptanceProblem,
  findAcceptanceProblems,
} from '../../../domain/case/acceptanceRules.ts';
import { findItem, requiredMaterials } from '../../../domain/catalogue/catalogue.ts';
import { asksProjectKind } from '../../../domain/catalogue/promise.ts';
import type { ItemMaterial } from '../../../domain/catalogue/types.ts';
import { parseCertificateNumber } from '../../../domain/numbers/certificateNumber.ts';
import { parseUnitNumber } from '../../../domain/numbers/unitNumber.ts';
import { conditionsOf } from './conditions.ts';
import type { FormState } from './formState.ts';

/** What the applicant must bring now; the checklist shows exactly this. */
export function checklistOf(form: FormState): ItemMaterial[] {
  const item = findItem(form.itemCode);
  return item ? requiredMaterials(item, conditionsOf(form)) : [];
}

/** Papers that carry the number of the existing right. */
const CERTIFICATES = new Set(['M04', 'M05', 'M27', 'M35']);

export function asksCertificate(form: FormState): boolean {
  return checklistOf(form).some(({ material }) => CERTIFICATES.has(material));
}

/** The form as `case.accept` takes it: trimmed, normalised, without what the item does not ask for. */
export function toAcceptanceDraft(form: FormState): AcceptanceDraft {
  const unit = form.unitNumber.trim() === '' ? null : parseUnitNumber(form.unitNumber);
  const item = findItem(form.itemCode);
  const certificate = form.certificate.trim();
  return {
    itemCode: form.itemCode,
    ...(form.projectKind && item && asksProjectKind(item) ? { projectKind: form.projectKind } : {}),
    parties: form.parties.map(({ key: _key, phone, idNumber, name, ...party }) => ({
      ...party,
      name: name.trim(),
      idNumber: idNumber.trim().toUpperCase(),
      ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
      overrides: party.overrides.map((override) => ({ ...override, reason: override.reason.trim() })),
    })),
    property: {
      location: form.location.trim(),
      ...(unit === null ? {} : { unitNumber: unit.ok ? unit.number : form.unitNumber.trim() }),
      ...(certificate !== '' && asksCertificate(form) ? { certificate: toCertificate(certificate) } : {}),
    },
    conditions: conditionsOf(form),
    materials: checklistOf(form).flatMap(({ material: code }) => {
      const taken = form.materials[code];
      return taken ? [{ code, form: taken.form, copies: taken.copies, pages: taken.pages }] : [];
    }),
    ...(form.note.trim() === '' ? {} : { note: form.note.trim() }),
  };
}

function toCertificate(typed: string): NonNullable<AcceptanceDraft['property']['certificate']> {
  const parsed = parseCertificateNumber(typed);
  return parsed.ok ? { number: parsed.number, legacy: parsed.legacy } : { number: typed, legacy: false };
}

/** @param today local calendar day, ISO */
export function problemsOf(form: FormState, today: string): AcceptanceProblem[] {
  return findAcceptanceProblems(toAcceptanceDraft(form), today);
}
