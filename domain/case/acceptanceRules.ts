import { asksOf, hasApplicant } from '../catalogue/asks.ts';
import { CATALOGUE, findItem } from '../catalogue/catalogue.ts';
import { type Counter, HALL_COUNTER, isOfferedAt } from '../catalogue/offered.ts';
import { promiseOf } from '../catalogue/promise.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { findDetailProblems } from './detailRules.ts';
import { findMaterialProblems } from './materialRules.ts';
import { findPartyProblems } from './partyRules.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';
import { findPropertyProblems } from './propertyRules.ts';
import { findShareProblems } from './shareRules.ts';

export { conditionsOf } from './materialRules.ts';
export { neededOverrides } from './partyRules.ts';
export type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';

export interface AcceptanceRules {
  /** In force where and when the case is accepted; the built-in one by default. */
  catalogue?: Catalogue | undefined;
  /** What the terminal accepts: registration by default. */
  counter?: Counter | undefined;
}

/**
 * Everything that must hold before T11 (domain.md §2.8, §3.4, §3.5, §4). Pure: the page shows the list while the clerk
 * works, the service refuses with the same list.
 * @param today local calendar day, ISO
 */
export function findAcceptanceProblems(
  draft: AcceptanceDraft,
  today: string,
  { catalogue = CATALOGUE, counter = HALL_COUNTER }: AcceptanceRules = {},
): AcceptanceProblem[] {
  const item = findItem(draft.itemCode, catalogue);
  if (!item?.enabled) return [{ code: 'item-unknown', path: 'itemCode', message: '请选择办理事项' }];
  if (!isOfferedAt(item, counter)) {
    const where = item.business === 'provident-fund' ? '公积金大厅窗口' : '不动产登记大厅';
    return [{ code: 'item-not-offered', path: 'itemCode', message: `本窗口不办理此事项，请到${where}办理` }];
  }
  const problems: AcceptanceProblem[] = [];
  if (promiseOf(item, draft.projectKind) === null) {
    problems.push({
      code: 'project-kind-missing',
      path: 'projectKind',
      message: '请选择项目类型：工业项目或房地产开发项目',
    });
  }
  if (hasApplicant(item) && !draft.parties.some((party) => party.role === 'holder')) {
    problems.push({ code: 'holder-missing', path: 'parties', message: '缺申请人：请放身份证，或按 Alt+N 手工录入' });
  }
  const asks = asksOf(item);
  for (const [index, party] of draft.parties.entries()) {
    problems.push(...findPartyProblems(party, `parties.${index}`, today, asks.bank !== undefined));
  }
  if (asks.bank === 'needed') problems.push(...findBankMissing(draft));
  problems.push(
    ...findShareProblems(draft, asks.shares !== undefined),
    ...findPropertyProblems(draft, item),
    ...findDetailProblems(draft, item, asks, today),
    ...findMaterialProblems(draft, item, catalogue),
  );
  return problems;
}

/** The fund pays to one card, or is repaid from it: one of the applicants gives it. */
function findBankMissing({ parties }: AcceptanceDraft): AcceptanceProblem[] {
  const first = parties.findIndex((party) => party.role === 'holder');
  if (first < 0 || parties.some((party) => party.bankNumber)) return [];
  return [{ code: 'party-bank-number', path: `parties.${first}.bankNumber`, message: '缺银行卡号' }];
}
