import { v7 } from 'uuid';
import { findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import { ENTRUSTED_PATH, WALK_IN_PATH } from '../../domain/case/paths.ts';
import type { Refusal } from '../../domain/case/progress.ts';
import type { Acceptance } from '../../domain/case/types.ts';
import { CATALOGUE, findItem } from '../../domain/catalogue/catalogue.ts';
import { formatCaseNumber, numberPrefix } from '../../domain/numbers/caseNumber.ts';
import type { HallWindow } from './hall.ts';
import type { PlannedCase } from './plan.ts';

/**
 * What a clerk does with somebody at the window: accepts or refuses, and prints what is handed out.
 * @param loan the case that this mortgage secures
 * @returns id and 受理编号 of the case
 * @throws Error when the plan asks for what no clerk could accept
 */
export function decideAtWindow(
  { store, plan: { id: window, counter } }: HallWindow,
  { draft, fate }: PlannedCase,
  day: string,
  clerk: string,
  loan: { id: string; number: string } | undefined,
): { id: string; number: string } {
  const [problem] = findAcceptanceProblems(draft, day, { counter });
  if (problem) throw new Error(`${draft.itemCode} cannot be accepted: ${problem.code} at ${problem.path}`);
  const item = findItem(draft.itemCode);
  const isEntrusted = item?.applicancy === 'entrusted';
  const kind = item?.business === 'provident-fund' ? 'G' : '';
  const terminal = window.slice(1);
  const caseId = v7();
  const number = store.ledger.transact(() => {
    const last = store.cases.lastNumber(numberPrefix(day, terminal, kind));
    const acceptance: Acceptance = {
      ...draft,
      number: formatCaseNumber(day, terminal, last + 1, kind),
      catalogueVersion: CATALOGUE.version,
      path: [...(isEntrusted ? ENTRUSTED_PATH : WALK_IN_PATH)],
      source: isEntrusted ? 'entrusted' : counter.place === 'hall' ? 'window' : counter.place,
      window,
      hall: 'main',
      clerk: { id: clerk, name: '综合窗口甲' },
      ...(loan !== undefined && { link: { caseId: loan.id, number: loan.number } }),
    };
    const stream = `case:${caseId}`;
    if (fate === 'refuse' || fate === 'refuse-without-notice') {
      const refused = { ...acceptance, path: acceptance.path.slice(0, -1) };
      const refusal: Refusal = { ground: 'incomplete', reason: '材料不齐且当场不能补正', missing: [] };
      const body = { acceptance: refused, refusal };
      store.ledger.append({ kind: 'case.refused', stream, actor: clerk, body });
    } else {
      store.ledger.append({ kind: 'case.accepted', stream, actor: clerk, body: acceptance });
    }
    return acceptance.number;
  });
  const slip = fate === 'refuse' ? 'refusal' : fate === 'refuse-without-notice' ? null : 'acceptance';
  if (slip) {
    const body = { caseId, slip, print: 1, confirmation: 'device' } as const;
    store.ledger.append({ kind: 'slip.printed', stream: `slip:${v7()}`, actor: clerk, body });
  }
  if (fate === 'withdraw-at-once') {
    const signed = draft.parties.filter(({ role }) => role !== 'agent').map(({ name }) => name);
    const body = { transition: 'T40', data: { reason: '当场撤回', signed } } as const;
    store.ledger.append({ kind: 'case.advanced', stream: `case:${caseId}`, actor: clerk, body });
  }
  return { id: caseId, number };
}
