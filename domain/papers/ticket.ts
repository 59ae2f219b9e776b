import type { SlipBlock, SlipDocument } from '../slip/document.ts';
import { PAPERS } from './papers.ts';
import { chineseDate } from './parts/words.ts';

/** SL1 排队号票. */
export interface TicketData {
  agency: string;
  /** `B015`. */
  number: string;
  /** `二楼 非涉税综合服务区`. */
  zone: string;
  /** Group of items, never the item: the paper lies about and 离婚 or 查封 is nobody's business. */
  itemGroup: string;
  peopleAhead: number;
  /** Minutes, or null when no honest estimate exists. */
  estimatedMinutes: number | null;
  at: string;
  /** What the QR carries; no personal data. */
  code: string;
  /** What happens to a number that was called and not answered. */
  passRule: string;
}

/** SL1: for 80 mm paper, without any name (domain.md §3.7, §7.3). */
export function buildTicket(data: TicketData): SlipDocument {
  const line = (text: string, size: 1 | 2 = 1): SlipBlock => ({
    kind: 'text',
    text,
    align: 'centre',
    size,
    bold: size > 1,
  });
  return {
    title: PAPERS.ticket.title,
    columns: 48,
    copies: PAPERS.ticket.copies,
    blocks: [
      line(data.agency),
      { kind: 'rule' },
      line(data.number, 2),
      line(data.zone, 2),
      { kind: 'field', label: '业务类别', value: data.itemGroup },
      { kind: 'field', label: '前面等候', value: `${data.peopleAhead}人` },
      ...(data.estimatedMinutes === null
        ? []
        : [{ kind: 'field' as const, label: '预计等候', value: `约${data.estimatedMinutes}分钟` }]),
      { kind: 'field', label: '取号时间', value: chineseDate(data.at) },
      { kind: 'qr', data: data.code },
      line(data.passRule),
      line('本号当日有效'),
    ],
  };
}
