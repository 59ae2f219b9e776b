import { owedFen } from '../case/guards.ts';
import type { FeeAssessment } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';
import type { SlipBlock, SlipDocument } from './document.ts';
import { COLUMNS, centred, field, heading, itemName, line, propertyFields, type SlipContext, yuan } from './parts.ts';

/** SL9 缴费通知单 (domain.md §3.7): every line with its count, rate and reduction, and what is still to be paid. */
export function buildPaymentNoticeSlip(record: CaseRecord, fee: FeeAssessment, context: SlipContext): SlipDocument {
  const { acceptance } = record;
  const blocks: SlipBlock[] = [
    ...heading('缴费通知单', acceptance.number, context),
    field('受理编号', acceptance.number),
    field('缴费人', fee.payer),
    field('办理事项', itemName(acceptance.itemCode, context.catalogue)),
    ...propertyFields(record),
    { kind: 'rule' },
  ];
  for (const each of fee.lines) {
    blocks.push(
      line(each.name),
      field('', `${yuan(each.unitFen)} × ${each.count} = ${yuan(each.unitFen * each.count - each.reducedFen)}`),
    );
    if (each.reducedFen > 0) blocks.push(field('', `减免 ${yuan(each.reducedFen)} ${each.reason ?? ''}`.trimEnd()));
  }
  const owed = owedFen(record);
  blocks.push({ kind: 'rule' }, field('合计', yuan(fee.totalFen)));
  if (owed < fee.totalFen) blocks.push(field('已缴', yuan(fee.totalFen - owed)));
  blocks.push(
    { kind: 'text', text: `应缴 ${yuan(owed)}`, align: 'left', size: 2, bold: true },
    field('打印时间', context.at),
    { kind: 'qr', data: acceptance.number },
    centred('请凭本单到收费窗口缴费，缴清后继续办理'),
  );
  return { title: '缴费通知单', columns: COLUMNS, copies: 1, blocks };
}
