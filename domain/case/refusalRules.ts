import { hasApplicant } from '../catalogue/asks.ts';
import { CATALOGUE, findItem, findMaterial, requiredMaterials } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { type AcceptanceDraft, conditionsOf } from './acceptanceRules.ts';
import { findDemandProblems, findNoticeProblems } from './materialRules.ts';
import type { MissingPaper, Refusal } from './progress.ts';

/** One thing that stands in the way of a refusal. */
export interface RefusalProblem {
  /** Path of the field: of the form, or `refusal.…`. */
  path: string;
  /** In the clerk's words; contains no personal data. */
  message: string;
}

/** Counties of the city with a registrar of their own (domain.md §3.5, §4.4). */
const COUNTY_REGISTRARS: Readonly<Record<string, string>> = {
  '220421': '东丰县不动产登记中心',
  '220422': '东辽县不动产登记中心',
};

/** Who registers this unit, when it is not this hall. @param unitNumber whole or begun; null when there is none yet */
export function competentRegistrarOf(unitNumber: string | undefined): string | null {
  return COUNTY_REGISTRARS[unitNumber?.replace(/\s+/g, '').slice(0, 6) ?? ''] ?? null;
}

/**
 * Everything the checklist lacks, to be named at once (一次性告知, 不动产登记暂行条例 §17), without what the office obtains
 * itself by data sharing (§24).
 */
export function missingPapersOf(draft: AcceptanceDraft, catalogue: Catalogue = CATALOGUE): MissingPaper[] {
  const item = findItem(draft.itemCode, catalogue);
  if (!item) return [];
  const taken = new Set(draft.materials.map((material) => material.code));
  return requiredMaterials(item, conditionsOf(draft))
    .filter(({ material }) => !taken.has(material) && findDemandProblems([material], catalogue).length === 0)
    .map(({ material }) => {
      const known = findMaterial(material, catalogue);
      const why = known?.hint ? `未提交（${known.hint}）` : '未提交';
      return { material, text: known?.name ?? material, why };
    });
}

/** Everything that must hold before T12 begins: the page shows the list, the service refuses with the same one. */
export function findRefusalProblems(
  draft: AcceptanceDraft,
  refusal: Refusal,
  catalogue: Catalogue = CATALOGUE,
): RefusalProblem[] {
  const problems: RefusalProblem[] = [];
  const item = findItem(draft.itemCode, catalogue);
  if (!item?.enabled) problems.push({ path: 'itemCode', message: '请选择办理事项' });
  if (draft.parties.length === 0 && (!item || hasApplicant(item))) {
    problems.push({ path: 'parties', message: '缺申请人：告知书须写明告知给谁' });
  }
  if (refusal.reason.trim() === '') problems.push({ path: 'refusal.reason', message: '请写明理由' });
  if (refusal.ground === 'other-registrar' && !refusal.competentRegistrar?.trim()) {
    problems.push({ path: 'refusal.competentRegistrar', message: '请写明有登记权限的机构' });
  }
  if (refusal.ground === 'incomplete') problems.push(...findNotNamed(draft, refusal, catalogue));
  return problems;
}

function findNotNamed(draft: AcceptanceDraft, { missing }: Refusal, catalogue: Catalogue): RefusalProblem[] {
  if (missing.length === 0) return [{ path: 'refusal.missing', message: '请列出须补正的全部材料' }];
  if (missing.some((paper) => paper.why.trim() === '')) {
    return [{ path: 'refusal.missing', message: '每项材料请写明原因' }];
  }
  const [demanded] = findNoticeProblems(missing, catalogue);
  if (demanded) return [{ path: 'refusal.missing', message: demanded.message }];
  const named = new Set(missing.map((paper) => paper.material));
  return missingPapersOf(draft, catalogue)
    .filter((paper) => !named.has(paper.material))
    .map((paper) => ({ path: 'refusal.missing', message: `须一次列全，还差：${paper.text}` }));
}
