import type { PaperDocument } from './document.ts';
import {
  BLANK_FORM_NAMES,
  field,
  makePaper,
  note,
  numberLine,
  type PaperClerk,
  type PaperContext,
} from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL16 空白证书领用/作废登记 (domain.md §4.11). */
export interface BlankRegisterData {
  number: string;
  purpose: 'take-out' | 'void' | 'return';
  document: 'certificate' | 'proof';
  window: string;
  /** Ranges taken, or single serials with the reason. */
  entries: { first: string; last: string; count: number; reason: string }[];
  /** Two persons, always. */
  by: PaperClerk;
  witness: PaperClerk;
  at: string;
}

const PURPOSES = { 'take-out': '领用', void: '作废', return: '交回' } as const;

/** SL16: numbers, reason and two signatures. */
export function buildBlankRegister(data: BlankRegisterData, context: PaperContext): PaperDocument {
  const sheets = data.entries.reduce((sum, entry) => sum + entry.count, 0);
  return makePaper({
    kind: 'blank-register',
    number: data.number,
    code: null,
    context,
    blocks: [
      numberLine(data.number),
      {
        kind: 'fields',
        rows: [
          [field('登记类别', PURPOSES[data.purpose]), field('证书种类', BLANK_FORM_NAMES[data.document])],
          [field('窗口/人员', data.window), field('登记时间', chineseDate(data.at))],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 9, align: 'centre', keep: true },
          { title: '起始印制号', weight: 26, align: 'centre', keep: true },
          { title: '终止印制号', weight: 26, align: 'centre', keep: true },
          { title: '数量', weight: 11, align: 'right', keep: true },
          { title: '原因', weight: 36 },
        ],
        rows: data.entries.map(({ first, last, count, reason }, index) => [
          String(index + 1),
          first,
          last,
          String(count),
          reason,
        ]),
        total: `合计：${sheets}本（张）`,
      },
      ...(data.purpose === 'void' ? [note('作废的空白证书已当场剪角并剪断印制号，原件随本表保存。')] : []),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [
          { label: '经手人', name: `${data.by.name}（${data.by.id}）` },
          { label: '签字' },
          { label: '监督人', name: `${data.witness.name}（${data.witness.id}）` },
          { label: '签字' },
        ],
      },
    ],
  });
}
