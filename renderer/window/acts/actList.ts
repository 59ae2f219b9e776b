import { type AskedStep, legalActs } from '../../../domain/case/legalActs.ts';
import type { OfflineTier } from '../../../domain/case/transitions.ts';
import type { CaseFile } from '../../../domain/case/types.ts';

/** In the order of the buttons; the first may be the primary action of the page. */
const ORDER = ['T12', 'T16', 'T34', 'T33', 'T37', 'T36', 'T35', 'T11', 'T40'] as const satisfies AskedStep[];

export type WindowAct = (typeof ORDER)[number];

/** What Enter does on the page of such a case; everything else is asked for by name. */
const PRIMARY: readonly WindowAct[] = ['T12', 'T16', 'T33', 'T34', 'T37'];

export interface OfferedAct {
  act: WindowAct;
  tier: OfflineTier;
  isPrimary: boolean;
}

/** What the window may do with this case now, and nothing else (domain/case/legalActs.ts). @param at ISO instant */
export function windowActsOf(record: CaseFile, actor: string, at: string): OfferedAct[] {
  const legal = legalActs(record, { roles: ['WIN'], actor, at });
  const isNoticeOut = record.slips.some((each) => each.slip === 'refusal');
  return ORDER.flatMap((act): OfferedAct[] => {
    const found = legal.find((each) => each.kind === 'advance' && each.transition === act);
    if (!found?.enabled) return [];
    // Once the notice is out, the refusal stands (service/office/noticeRule.ts).
    if (act === 'T11' && (isNoticeOut || record.refusal === null)) return [];
    return [{ act, tier: found.tier, isPrimary: PRIMARY.includes(act) }];
  });
}
