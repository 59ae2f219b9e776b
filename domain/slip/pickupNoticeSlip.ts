import type { CaseRecord } from '../case/types.ts';
import type { SlipDocument } from './document.ts';
import { COLUMNS, centred, field, heading, itemName, type SlipContext } from './parts.ts';

/** SL10 领证通知 (domain.md §3.7): which window, what to bring; no identity number. */
export function buildPickupNoticeSlip(record: CaseRecord, context: SlipContext): SlipDocument {
  const { acceptance, certificates, pickup } = record;
  return {
    title: '领证通知',
    columns: COLUMNS,
    copies: 1,
    blocks: [
      ...heading('领证通知', acceptance.number, context),
      field('受理编号', acceptance.number),
      field('办理事项', itemName(acceptance.itemCode, context.catalogue)),
      field('份数', `${certificates.length}份`),
      {
        kind: 'text',
        text: `请到${windowName(pickup?.window ?? acceptance.window)}领证`,
        align: 'centre',
        size: 2,
        bold: true,
      },
      field('通知时间', context.at),
      { kind: 'qr', data: acceptance.number },
      centred('请带受理凭证和身份证件'),
    ],
  };
}

/** `W07` → `7号窗口`: the number over the window. */
function windowName(terminal: string): string {
  return /^W\d{2}$/.test(terminal) ? `${Number(terminal.slice(1))}号窗口` : `${terminal}窗口`;
}
