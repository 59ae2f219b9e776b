import type { PaperDocument } from './document.ts';
import {
  contactNote,
  field,
  heading,
  kept,
  makePaper,
  note,
  type PaperClerk,
  type PaperContext,
} from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL2 预审合格单. */
export interface PreReviewPassData {
  /** 预审编号, with its prefix Y. */
  number: string;
  item: string;
  /** `二楼 非涉税综合服务区`. */
  floor: string;
  /** Names of the materials that were there. */
  materials: string[];
  at: string;
  /** Null at the self-service desk. */
  clerk: PaperClerk | null;
  /** 号票 that was given with it; null: to be taken yet. */
  ticketNumber: string | null;
  /** Signed: opens the case at any window, also without a network (users.md §C.7). */
  passport: string;
}

/** SL2: no name and no identity number; scanning it opens the case at any window. */
export function buildPreReviewPass(data: PreReviewPassData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'pre-review-pass',
    number: data.number,
    code: data.number,
    qr: data.passport,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('预审编号', data.number), field('预审时间', chineseDate(data.at))],
          [field('办理事项', data.item)],
          ...(data.ticketNumber === null ? [] : [[kept('排队号', data.ticketNumber)]]),
          [
            field('办理楼层', data.floor),
            field('预审人员', data.clerk ? `${data.clerk.name}（${data.clerk.id}）` : '自助预审'),
          ],
        ],
      },
      heading('已核对的材料'),
      { kind: 'list', numbering: 'decimal', items: data.materials },
      note(
        `${data.ticketNumber === null ? '请凭本单到所示楼层取号' : '请凭排队号到所示楼层等候叫号'}，窗口扫码即可调出预审结果，不必重复填写。预审合格不等于受理，是否受理以窗口核对原件为准。`,
      ),
      ...contactNote(context),
    ],
  });
}
