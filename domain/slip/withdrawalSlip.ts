import type { CaseRecord } from '../case/types.ts';
import type { SlipBlock, SlipDocument } from './document.ts';
import {
  COLUMNS,
  centred,
  field,
  heading,
  itemName,
  line,
  partyFields,
  propertyFields,
  type SlipContext,
  signature,
} from './parts.ts';

/**
 * SL13 撤回申请书 (domain.md §3.7, T40): every applicant signs, each with a line of his own; only before 登簿
 * (不动产登记暂行条例 §15).
 */
export function buildWithdrawalSlip(record: CaseRecord, context: SlipContext): SlipDocument {
  const { acceptance } = record;
  const applicants = acceptance.parties.filter((party) => party.role !== 'agent');
  const blocks: SlipBlock[] = [
    ...heading('撤回申请书', acceptance.number, context),
    field('受理编号', acceptance.number),
    field('受理时间', context.acceptedAt),
    field('办理事项', itemName(acceptance.itemCode, context.catalogue)),
    ...propertyFields(record),
    { kind: 'rule' },
    ...applicants.flatMap(partyFields),
    { kind: 'rule' },
    line('本人（单位）申请撤回上述登记申请，并知悉登记机构退回申请材料，已缴登记费依规定退还。'),
    field('撤回理由', ''),
    { kind: 'feed', lines: 1 },
    ...applicants.flatMap((party) => signature(`${party.name} 签字`)),
    field('打印时间', context.at),
    { kind: 'qr', data: acceptance.number },
    centred('须全体申请人签字'),
  ];
  return { title: '撤回申请书', columns: COLUMNS, copies: 1, blocks };
}
