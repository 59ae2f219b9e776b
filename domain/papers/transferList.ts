import type { PaperDocument } from './document.ts';
import { field, kept, makePaper, numberLine, type PaperClerk, type PaperContext } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL14 移交单. */
export interface TransferListData {
  /** Of the list. */
  number: string;
  from: string;
  to: string;
  cases: TransferredCase[];
  handedBy: PaperClerk;
  at: string;
}

export interface TransferredCase {
  caseNumber: string;
  holder: string;
  unitNumber: string;
  location: string;
  /** 印制号; empty for an item without a document. */
  serial: string;
  /** 证号; empty likewise. */
  certificate: string;
}

/** SL14: the case volumes that go to the archive, counted. */
export function buildTransferList(data: TransferListData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'transfer-list',
    number: data.number,
    code: null,
    context,
    blocks: [
      numberLine(data.number),
      {
        kind: 'fields',
        rows: [
          [field('移交部门', data.from), field('接收部门', data.to)],
          [kept('卷数', `${data.cases.length}卷`), field('移交时间', chineseDate(data.at))],
        ],
      },
      {
        kind: 'table',
        small: true,
        columns: [
          { title: '序号', weight: 7, align: 'centre', keep: true },
          { title: '受理编号', weight: 19, align: 'centre', keep: true },
          { title: '权利人、坐落及不动产单元号', weight: 47 },
          { title: '证号及印制号', weight: 33 },
        ],
        rows: data.cases.map((each, index) => [
          String(index + 1),
          each.caseNumber,
          lines(each.holder, each.location, each.unitNumber),
          lines(each.certificate, each.serial) || '无证书',
        ]),
        total: `合计：${data.cases.length}卷`,
      },
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '移交人签字', name: '' }, { label: '日期' }, { label: '接收人签字' }, { label: '日期' }],
      },
      {
        kind: 'text',
        style: 'note',
        text: `制单人：${data.handedBy.name}（${data.handedBy.id}）。本单一式两份，移交、接收部门各一份。`,
      },
    ],
  });
}

function lines(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
