import { findMaterial } from '../../domain/catalogue/catalogue.ts';
import type { ScanTarget } from '../scan/scanStore.ts';
import type { OpenCase } from './casesStore.ts';
import { checklistOf } from './form/formDraft.ts';
import type { FormState } from './form/formState.ts';

/**
 * What F9 scans: papers of the case on the page, else of the form in hand.
 * @param asked the paper in hand; null or one that is not asked for: the first
 * @returns null while no item says which papers there are
 */
export function scanTargetOf(
  shown: OpenCase['record'] | null,
  form: FormState,
  asked: string | null,
): ScanTarget | null {
  const codes = shown
    ? shown.acceptance.materials.map(({ code }) => code)
    : checklistOf(form).map(({ material }) => material);
  const material = codes.find((code) => code === asked) ?? codes[0];
  if (material === undefined) return null;
  return {
    caseId: shown?.id ?? form.commandId,
    isAccepted: shown !== null,
    materials: codes.map((code) => ({ code, name: findMaterial(code)?.name ?? code })),
    material,
  };
}
