import type { Handover } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';
import { maskIdNumber, maskPhone } from '../identity/mask.ts';
import type { SlipBlock, SlipDocument } from './document.ts';
import { COLUMNS, centred, field, heading, propertyFields, type SlipContext, signature } from './parts.ts';

/**
 * SL11 发证记录 (domain.md §3.7): for the file. Each certificate with its number and its blank, who received it, signed.
 * @param handedAt local `YYYY-MM-DD HH:mm`
 */
export function buildIssueRecordSlip(
  record: CaseRecord,
  handover: Handover,
  handedAt: string,
  context: SlipContext,
): SlipDocument {
  const { acceptance, certificates } = record;
  const blocks: SlipBlock[] = [
    ...heading('发证记录', acceptance.number, context),
    field('受理编号', acceptance.number),
    field('发证时间', handedAt),
    ...propertyFields(record),
    { kind: 'rule' },
  ];
  for (const each of certificates) {
    blocks.push(
      field('证号', each.number),
      field('印制号', each.blank ?? ''),
      field('权利人', each.holders.join('、')),
      field('缮证', each.printedBy ?? ''),
    );
  }
  blocks.push({ kind: 'rule' }, ...receiverFields(handover), field('发证人', handover.by));
  blocks.push(field('受理凭证', handover.slipReturned ? '已收回' : '未收回'));
  if (handover.receiver) blocks.push(...signature('领证人签字'));
  blocks.push({ kind: 'qr', data: acceptance.number }, centred('存档'));
  return { title: '发证记录', columns: COLUMNS, copies: 1, blocks };
}

function receiverFields({ receiver, express, proof }: Handover): SlipBlock[] {
  if (express) {
    const blocks = [
      field('收件人', express.receiver),
      field('电话', maskPhone(express.phone)),
      field('地址', express.address),
      field('快递', `${express.carrier} ${express.trackingNumber}`),
    ];
    return proof ? [...blocks, field('签收', proof)] : blocks;
  }
  if (!receiver) return [];
  const number = receiver.idKind === 'credit-code' ? receiver.idNumber : maskIdNumber(receiver.idNumber);
  const blocks = [field('领证人', receiver.name), field('证件号码', number)];
  return receiver.phone ? [...blocks, field('电话', maskPhone(receiver.phone))] : blocks;
}
