import type { PaperBlock, PaperDocument } from './document.ts';
import {
  addressee,
  body,
  contactNote,
  copiesNote,
  field,
  kept,
  makePaper,
  namesOf,
  type PaperClerk,
  type PaperContext,
} from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL3 一次性告知单. */
export interface OneTimeNoticeData {
  /** 预审编号, or 受理编号 of an application that the window did not take. */
  number: string;
  at: string;
  where: 'pre-review' | 'window';
  applicants: { name: string }[];
  item: string;
  /** Everything that is missing, at once. */
  missing: MissingMaterial[];
  /** Telephone of the desk. */
  deskPhone: string;
  /** Null at the self-service desk: nobody signs there, and there is one copy. */
  clerk: PaperClerk | null;
  /** What is promised to whoever brings it today (users.md §C.8); empty: nothing. */
  today?: string | undefined;
}

export interface MissingMaterial {
  name: string;
  why: string;
  /** Where it is to be had. */
  where: string;
}

const PLACES = {
  'pre-review': { check: '预审', come: '预审处', number: '预审编号' },
  window: { check: '查验', come: '综合窗口', number: '编号' },
} as const;

const SIGNED: PaperBlock[] = [
  { kind: 'signatures', perRow: 2, entries: [{ label: '告知人签字' }, { label: '申请人签字' }] },
  copiesNote('one-time-notice', '申请人一份，登记机构留存一份'),
];

/** SL3: every missing thing once, why, and where to get it (不动产登记暂行条例 §17). */
export function buildOneTimeNotice(data: OneTimeNoticeData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'one-time-notice',
    number: data.number,
    code: data.number,
    context,
    blocks: [
      addressee(data.applicants.length === 0 ? '申请人' : namesOf(data.applicants)),
      body(
        `您申请办理的“${data.item}”，经${PLACES[data.where].check}，尚缺下列材料。依据《不动产登记暂行条例》第十七条，现将需要补齐的全部内容一次性告知如下：`,
      ),
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 8, align: 'centre', keep: true },
          { title: '需补齐的材料', weight: 34 },
          { title: '原因', weight: 34 },
          { title: '办理处', weight: 24 },
        ],
        rows: data.missing.map(({ name, why, where }, index) => [String(index + 1), name, why, where]),
      },
      body(
        `材料补齐后，请携带本告知单到${PLACES[data.where].come}，扫码即可查到本次申请。未列入本单的材料，不再要求补交。${data.today ?? ''}`,
      ),
      {
        kind: 'fields',
        rows: [
          [kept(PLACES[data.where].number, data.number), field('告知时间', chineseDate(data.at))],
          [
            field('告知人员', data.clerk ? `${data.clerk.name}（工号 ${data.clerk.id}）` : '自助预审'),
            field('咨询电话', data.deskPhone),
          ],
        ],
      },
      ...(data.clerk ? SIGNED : []),
      ...contactNote({ ...context, phone: '' }),
    ],
  });
}
