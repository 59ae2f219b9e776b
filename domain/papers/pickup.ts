import type { PaperDocument } from './document.ts';
import { body, contactNote, field, kept, makePaper, note, type PaperContext } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL10 领证通知. */
export interface PickupNoticeData {
  caseNumber: string;
  /** `B015`; empty when there was no ticket. */
  ticket: string;
  window: string;
  item: string;
  readyAt: string;
}

/** SL10: ticket and window; no name and no identity number. */
export function buildPickupNotice(data: PickupNoticeData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'pickup-notice',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('办结时间', chineseDate(data.readyAt))],
          [field('办理事项', data.item)],
          [kept('票号', data.ticket === '' ? '—' : data.ticket), kept('领证窗口', data.window)],
        ],
      },
      body(`您申请的事项已办结。请凭受理凭证和身份证件到${data.window}领取；也可以在窗口选择免费邮寄。`),
      note('委托他人领取的，另带授权委托书和代理人身份证件。'),
      ...contactNote(context),
    ],
  });
}
