import { findMaterial } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { ScanTarget } from '../scan/scanStore.ts';
import type { OpenCase } from './casesStore.ts';
import { checklistOf } from './form/formDraft.ts';
import type { FormState } from './form/formState.ts';

/**
 * What F9 scans: papers of the case on the page, else of the form in hand.
 * @param asked the paper in hand; null or one that is not asked for: the first
 * @param catalogueOf by a case's or form's version
 * @returns null while no item says which papers there are
 */
export function scanTargetOf(
  shown: OpenCase['record'] | null,
  form: FormState,
  asked: string | null,
  catalogueOf: (version: string) => Catalogue,
): ScanTarget | null {
  const catalogue = catalogueOf(shown?.acceptance.catalogueVersion ?? form.catalogueVersion);
  const codes = shown
    ? shown.acceptance.materials.map(({ code }) => code)
    : checklistOf(form, catalogue).map(({ material }) => material);
  const material = codes.find((code) => code === asked) ?? codes[0];
  if (material === undefined) return null;
  return {
    caseId: shown?.id ?? form.commandId,
    isAccepted: shown !== null,
    materials: codes.map((code) => ({ code, name: findMaterial(code, catalogue)?.name ?? code })),
    material,
  };
}
