import type { PaperDocument } from './document.ts';
import { field, heading, kept, makePaper, type PaperClerk, type PaperContext, type PaperParty } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL6 询问记录. */
export interface InquiryData {
  caseNumber: string;
  item: string;
  location: string;
  at: string;
  place: string;
  /** Asked person by person: one record each. */
  asked: PaperParty;
  /** Owner, agent …, in words. */
  role: string;
  questions: InquiryQuestion[];
  answers: Readonly<Record<string, string>>;
  clerk: PaperClerk;
}

export interface InquiryQuestion {
  id: string;
  text: string;
}

/** Asked in every case (不动产登记操作规范 1.8: true intent, co-owners, objections, and what else bears on the entry). */
export const COMMON_QUESTIONS: readonly InquiryQuestion[] = [
  { id: 'intent', text: '本次申请登记的事项是否为您的真实意思表示？' },
  { id: 'co-owners', text: '申请登记的不动产是单独所有还是共有？共有的，是共同共有还是按份共有，各占多少份额？' },
  { id: 'objection', text: '您是否知悉该不动产存在异议登记、查封登记或者其他权属争议？' },
  { id: 'encumbrance', text: '该不动产是否存在抵押、预告登记、居住权或者租赁？对方当事人是否知悉？' },
  { id: 'materials', text: '您提交的申请材料是否真实、合法、有效？是否知悉提交虚假材料应承担的法律责任？' },
  { id: 'other', text: '您还有其他需要说明的事项吗？' },
];

/** Asked in addition, by the kind of business. */
export const SPECIAL_QUESTIONS = {
  mortgage: [
    { id: 'mortgage-debt', text: '担保的主债权种类、数额和债务履行期限是否与合同一致？' },
    { id: 'mortgage-transfer', text: '合同是否约定抵押期间禁止或者限制转让抵押不动产？' },
  ],
  inheritance: [
    { id: 'heirs', text: '除在场人员外，是否还有其他继承人或者受遗赠人？' },
    { id: 'will', text: '被继承人是否留有遗嘱或者遗赠扶养协议？' },
  ],
  objection: [{ id: 'objection-duty', text: '您是否知悉异议登记不当，给权利人造成损害的，应当承担赔偿责任？' }],
  loss: [{ id: 'loss-true', text: '原证书（证明）遗失、灭失的情况是否属实？找到原证后是否愿意交回？' }],
  divorce: [{ id: 'divorce-share', text: '不动产的归属是否与离婚协议或者生效法律文书一致？' }],
} as const satisfies Record<string, readonly InquiryQuestion[]>;

/** SL6: identity number in full (domain.md §3.7, §7.3): it is the record of who said what. */
export function buildInquiry(data: InquiryData, context: PaperContext): PaperDocument {
  const { asked } = data;
  return makePaper({
    kind: 'inquiry',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('询问时间', chineseDate(data.at))],
          [field('询问地点', data.place), field('询问人', `${data.clerk.name}（${data.clerk.id}）`)],
          [field('办理事项', data.item)],
          [field('坐落', data.location)],
          { section: '被询问人' },
          [field('姓名/名称', asked.name), field('身份', data.role)],
          [field('证件种类', asked.idKind), kept('证件号码', asked.idNumber)],
        ],
      },
      heading('询问内容'),
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 8, align: 'centre', keep: true },
          { title: '询问内容', weight: 54 },
          { title: '回答', weight: 42 },
        ],
        rows: data.questions.map(({ id, text }, index) => [String(index + 1), text, data.answers[id] ?? '']),
      },
      { kind: 'text', style: 'body', text: '以上记录已由本人阅看（或向本人宣读），与本人所述一致。', withNext: true },
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '被询问人签字' }, { label: '日期' }, { label: '询问人签字' }, { label: '日期' }],
      },
    ],
  });
}
