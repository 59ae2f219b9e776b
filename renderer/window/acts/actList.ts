import { isMailed } from '../../../domain/case/collecting.ts';
import { type AskedStep, legalActs } from '../../../domain/case/legalActs.ts';
import type { OfflineTier } from '../../../domain/case/transitions.ts';
import type { CaseFile } from '../../../domain/case/types.ts';

/** In the order of the buttons; the first may be the primary action of the page. */
const ORDER = ['T12', 'T16', 'T34', 'T33', 'T37', 'T36', 'T35', 'T11', 'T40'] as const satisfies AskedStep[];

export type WindowAct = (typeof ORDER)[number];

/** Of a case that goes by post. */
const ORDER_BY_POST: readonly WindowAct[] = ['T36', ...ORDER.filter((act) => act !== 'T36')];

/** What Enter does on the page of such a case; everything else is asked for by name. */
const PRIMARY: readonly WindowAct[] = ['T12', 'T16', 'T33', 'T34', 'T37'];
const PRIMARY_BY_POST: readonly WindowAct[] = ['T12', 'T16', 'T34', 'T36', 'T37'];

export interface OfferedAct {
  act: WindowAct;
  tier: OfflineTier;
  isPrimary: boolean;
}

/** What the window may do with this case now, and nothing else (domain/case/legalActs.ts). @param at ISO instant */
export function windowActsOf(record: CaseFile, actor: string, at: string): OfferedAct[] {
  const legal = legalActs(record, { roles: ['WIN'], actor, at });
  const isNoticeOut = record.slips.some((each) => each.slip === 'refusal');
  const [order, primary] = isMailed(record.acceptance) ? [ORDER_BY_POST, PRIMARY_BY_POST] : [ORDER, PRIMARY];
  return order.flatMap((act): OfferedAct[] => {
    const found = legal.find((each) => each.kind === 'advance' && each.transition === act);
    if (!found?.enabled) return [];
    // Once the notice is out, the refusal stands (service/office/noticeRule.ts).
    if (act === 'T11' && (isNoticeOut || record.refusal === null)) return [];
    return [{ act, tier: found.tier, isPrimary: primary.includes(act) }];
  });
}
