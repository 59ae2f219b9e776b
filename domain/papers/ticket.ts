import type { SlipBlock, SlipDocument, SlipSize } from '../slip/document.ts';
import { PAPERS } from './papers.ts';
import { reprintMark } from './parts/parts.ts';
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
  /** Honest range in minutes, or null when nothing can be said. */
  wait: { from: number; to: number } | null;
  /** Local `2018-05-23 09:05`. */
  at: string;
  /** What barcode and QR carry; no personal data. */
  code: string;
  /** What happens to a number that was called and not answered. */
  passRule: string;
  /** Kind of ticket, batch, slot, or that it was given while the network was away. */
  remarks: readonly string[];
  /** 1 for the first print; above that it is marked 重打. */
  print: number;
}

/** SL1: for 80 mm paper, without any name (domain.md §3.7, §7.3). */
export function buildTicket(data: TicketData): SlipDocument {
  const mark = reprintMark(data.print);
  return {
    title: PAPERS.ticket.title,
    columns: 48,
    copies: PAPERS.ticket.copies,
    blocks: [
      line(data.agency),
      { kind: 'rule' },
      ...(mark === null ? [] : [line(mark, 1, true)]),
      line(data.number, 4, true),
      { kind: 'feed', lines: 1 },
      line(data.zone, 2, true),
      ...data.remarks.map((remark) => line(remark)),
      { kind: 'rule' },
      { kind: 'field', label: '业务类别', value: data.itemGroup },
      { kind: 'field', label: '前面等候', value: `${data.peopleAhead}人` },
      ...(data.wait === null ? [] : [{ kind: 'field' as const, label: '预计等候', value: waitWords(data.wait) }]),
      { kind: 'field', label: '取号时间', value: chineseDate(data.at) },
      { kind: 'qr', data: data.code },
      { kind: 'barcode', data: data.code, text: data.code },
      line(data.passRule),
      line('本号当日有效'),
    ],
  };
}

export function waitWords({ from, to }: { from: number; to: number }): string {
  return from === to ? `约${to}分钟` : `${from}–${to}分钟`;
}

function line(text: string, size: SlipSize = 1, bold = false): SlipBlock {
  return { kind: 'text', text, align: 'centre', size, bold };
}
