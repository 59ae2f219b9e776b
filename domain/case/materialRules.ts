import { disposes, mayDemand } from '../catalogue/asks.ts';
import { CATALOGUE, findMaterial, requiredMaterials } from '../catalogue/catalogue.ts';
import type { Catalogue, Item, MaterialCondition } from '../catalogue/types.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';
import type { MissingPaper } from './progress.ts';

/** 抵押权人或预告登记权利人同意, and the proof of the applicant's own notice or mortgage. */
export const CONSENT = 'M33';
const OWN_PROOF = 'M05';

/**
 * The conditions that hold: those the clerk ticked, and `agent` whenever somebody acts for another. A power of
 * attorney must not be forgotten because a box was.
 */
export function conditionsOf(draft: Pick<AcceptanceDraft, 'conditions' | 'parties'>): MaterialCondition[] {
  const hasAgent = draft.parties.some((party) => party.role === 'agent');
  return hasAgent && !draft.conditions.includes('agent') ? [...draft.conditions, 'agent'] : draft.conditions;
}

/** What is missing of the papers, and what was taken that the item does not take. */
export function findMaterialProblems(draft: AcceptanceDraft, item: Item, catalogue: Catalogue): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const taken = new Set(draft.materials.map((material) => material.code));
  const required = requiredMaterials(item, conditionsOf(draft)).map(({ material }) => material);
  for (const code of required) {
    if (taken.has(code)) continue;
    const material = findMaterial(code, catalogue);
    const name = material?.name ?? code;
    const message = material && !mayDemand(material) ? `还缺（数据共享取得，不得要求提交）：${name}` : `还缺：${name}`;
    problems.push({ code: 'material-missing', path: `materials.${code}`, message });
  }
  const needsConsent = asksConsent(draft, item);
  if (needsConsent && !taken.has(CONSENT) && !required.includes(CONSENT)) {
    const message = '不动产有抵押或预告登记：须有抵押权人或预告登记权利人同意';
    problems.push({ code: 'consent-missing', path: `materials.${CONSENT}`, message });
  }
  for (const { code, form } of draft.materials) {
    const path = `materials.${code}`;
    const known = findMaterial(code, catalogue);
    const listed = item.materials.some((entry) => entry.material === code) || (code === CONSENT && needsConsent);
    if (!known || !listed) {
      problems.push({ code: 'material-not-in-item', path, message: `本事项不收：${known?.name ?? code}` });
    } else if (!known.forms.includes(form)) {
      problems.push({ code: 'material-form', path, message: `收取形式不符：${known.name}` });
    }
  }
  return problems;
}

/**
 * Whether M33 is needed although the item does not list it, or did not make it a condition.
 * A unit under a mortgage or a notice is disposed of only with consent (民法典 §221; domain.md §3.5). A further mortgage needs
 * none, and neither does he whose own notice or mortgage it is: his proof is among the papers.
 */
export function asksConsent(
  { property, materials }: { property: AcceptanceDraft['property']; materials: readonly { code: string }[] },
  item: Item,
): boolean {
  if (!disposes(item) || materials.some(({ code }) => code === OWN_PROOF)) return false;
  const { encumbrances = [] } = property;
  return encumbrances.includes('notice') || (encumbrances.includes('mortgage') && item.type === 200);
}

/**
 * The same for papers as a notice words them: by their code, and where somebody typed the name of one, by that.
 * @returns one problem for each, in the order of the notice
 */
export function findNoticeProblems(
  papers: readonly MissingPaper[],
  catalogue: Catalogue = CATALOGUE,
): ReturnType<typeof findDemandProblems> {
  const codes = papers.flatMap(({ material, text }) => {
    const code = material ?? catalogue.materials.find(({ name }) => name === text.trim())?.code;
    return code === undefined ? [] : [code];
  });
  return findDemandProblems(codes, catalogue);
}

/**
 * What may not stand on a 一次性告知单 or 补正告知书: the office obtains it itself (暂行条例 §24).
 * @param codes materials the notice would demand
 * @returns one problem for each that may not be demanded; its path names the material
 */
export function findDemandProblems(
  codes: readonly string[],
  catalogue: Catalogue = CATALOGUE,
): { code: 'material-not-demandable'; path: string; message: string }[] {
  return codes.flatMap((code) => {
    const material = findMaterial(code, catalogue);
    if (!material || mayDemand(material)) return [];
    const message = `由数据共享取得，不得要求申请人提交：${material.name}`;
    return [{ code: 'material-not-demandable' as const, path: `materials.${code}`, message }];
  });
}
