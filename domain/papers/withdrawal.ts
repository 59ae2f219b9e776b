import { maskBankCard } from '../identity/mask.ts';
import type { PaperDocument } from './document.ts';
import {
  addressee,
  body,
  field,
  kept,
  makePaper,
  note,
  type PaperContext,
  type PaperParty,
  shownId,
} from './parts/parts.ts';
import { chineseDay, yuan } from './parts/words.ts';

/** SL13 撤回申请书. */
export interface WithdrawalData {
  caseNumber: string;
  item: string;
  acceptedAt: string;
  location: string;
  applicants: PaperParty[];
  reason: string;
  /** Null when nothing was paid. */
  refund: { amountFen: number; account: string } | null;
}

/** SL13: before the entry only, signed by all applicants (不动产登记暂行条例 §15). */
export function buildWithdrawal(data: WithdrawalData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'withdrawal',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      addressee(context.agency),
      body(
        `我（们）于${chineseDay(data.acceptedAt)}申请办理的“${data.item}”（受理编号 ${data.caseNumber}），尚未记载于不动产登记簿。依据《不动产登记暂行条例》第十五条，现申请撤回登记申请，请予准许。`,
      ),
      {
        kind: 'fields',
        rows: [
          [field('坐落', data.location)],
          [field('撤回原因', data.reason)],
          ...(data.refund === null
            ? []
            : [
                [
                  kept('退还登记费', `¥${yuan(data.refund.amountFen)}`),
                  kept('退款账户', maskBankCard(data.refund.account)),
                ],
              ]),
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '申请人', weight: 30 },
          { title: '证件号码', weight: 30, align: 'centre', keep: true },
          { title: '签字（章）', weight: 24 },
          { title: '日期', weight: 18 },
        ],
        rows: data.applicants.map((applicant) => [applicant.name, shownId(applicant), '', '']),
      },
      note('撤回须由全体申请人共同提出。准许撤回的，登记机构退还申请材料，已缴纳的登记费依规定退还。'),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '登记机构意见' }, { label: '经办人' }, { label: '材料退还签收' }, { label: '日期' }],
      },
    ],
  });
}
