import type { PaperDocument } from './document.ts';
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
  receipt,
} from './parts/parts.ts';
import { chineseDay } from './parts/words.ts';

/** SL7 补正告知书. */
export interface SupplementData {
  caseNumber: string;
  applicants: { name: string }[];
  item: string;
  acceptedAt: string;
  location: string;
  missing: { name: string; why: string }[];
  /** Last day, ISO. */
  deadline: string;
  clerk: PaperClerk;
  at: string;
}

/** SL7: the clock stands from this day until the papers are handed in (domain.md §5.4, P1). */
export function buildSupplementNotice(data: SupplementData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'supplement-notice',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      addressee(namesOf(data.applicants)),
      body(
        `您（单位）申请的“${data.item}”已于${chineseDay(data.acceptedAt)}受理。经审核，申请材料需要补正，现将应当补正的全部内容一次性告知如下：`,
      ),
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('补正期限', `${chineseDay(data.deadline)}前`)],
          [field('坐落', data.location)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 8, align: 'centre', keep: true },
          { title: '应补正的材料或内容', weight: 46 },
          { title: '原因', weight: 46 },
        ],
        rows: data.missing.map(({ name, why }, index) => [String(index + 1), name, why]),
      },
      body(
        `请于${chineseDay(data.deadline)}前将上述材料交至原受理窗口。自本告知书送达之日起至补正完成之日止的时间不计入办理时限；逾期未补正或者补正后仍不符合要求的，将依法不予登记。`,
      ),
      { kind: 'seal', agency: context.agency, date: data.at },
      { kind: 'signatures', perRow: 2, entries: [{ label: '经办人', name: `${data.clerk.name}（${data.clerk.id}）` }] },
      copiesNote('supplement-notice', '申请人一份，登记机构存档一份'),
      ...contactNote(context),
      ...receipt('补正告知书', data.caseNumber),
    ],
  });
}
