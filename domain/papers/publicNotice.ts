import type { PaperDocument } from './document.ts';
import { body, contactNote, field, kept, makePaper, numberLine, type PaperContext } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL15 公告 before an entry (domain.md §5.6). */
export interface PublicNoticeData {
  number: string;
  purpose: PublicNoticePurpose;
  entries: { holder: string; location: string; unitNumber: string; right: string; area: string }[];
  /** Working days; null when the notice says its last day only. */
  days: number | null;
  from: string;
  until: string;
  /** What the reviewer wrote; empty for nothing more. */
  text: string;
}

type PublicNoticePurpose = 'first-registration' | 'registration' | 'correction' | 'cancellation';

const PURPOSES: Record<PublicNoticePurpose, string> = {
  'first-registration': '经初步审定，我机构拟对下列不动产权利予以首次登记',
  registration: '经初步审定，我机构拟对下列不动产权利予以登记',
  correction: '经查，下列不动产登记簿记载确有错误，我机构拟依职权予以更正',
  cancellation: '经查，下列不动产权利已经消灭，我机构拟依职权予以注销',
};

/** SL15: holders by name, as the law's notice asks; no identity numbers. */
export function buildPublicNotice(data: PublicNoticeData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'public-notice',
    number: data.number,
    code: null,
    context,
    blocks: [
      numberLine(data.number),
      body(
        `${PURPOSES[data.purpose]}，根据《不动产登记暂行条例实施细则》第十七条的规定，现予公告。公告期${data.days === null ? '' : `${data.days}个工作日，`}自${chineseDate(data.from)}至${chineseDate(data.until)}。如有异议，请在公告期内将异议书面材料送达我机构。逾期无人提出异议或者异议不成立的，我机构将予以登记。`,
      ),
      ...(data.text === '' ? [] : [body(data.text)]),
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 9, align: 'centre', keep: true },
          { title: '权利人', weight: 22 },
          { title: '权利类型', weight: 24 },
          { title: '坐落及不动产单元号', weight: 56 },
          { title: '面积', weight: 20, align: 'right', keep: true },
        ],
        rows: data.entries.map((entry, index) => [
          String(index + 1),
          entry.holder,
          entry.right,
          [entry.location, entry.unitNumber].filter((part) => part !== '').join('\n'),
          entry.area === '' ? '' : `${entry.area}㎡`,
        ]),
      },
      ...contactNote(context),
      { kind: 'seal', agency: context.agency, date: data.from },
    ],
  });
}

/** SL15 遗失声明, published on the agency's website before a re-issue (domain.md §5.6). */
export interface LossStatementData {
  caseNumber: string;
  holder: string;
  certificate: string;
  location: string;
  unitNumber: string;
  at: string;
}

/** SL15: the holder's own words; no identity number. */
export function buildLossStatement(data: LossStatementData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'loss-statement',
    number: data.caseNumber,
    code: null,
    context: { ...context, agency: '' },
    blocks: [
      body(
        `${data.holder}因保管不善，将${data.certificate}号不动产权证书（登记证明）遗失，根据《不动产登记暂行条例实施细则》第二十二条的规定申请补发，现声明该证书（证明）作废。`.replace(
          '号号',
          '号',
        ),
      ),
      { kind: 'fields', rows: [[field('坐落', data.location)], [kept('不动产单元号', data.unitNumber)]] },
      body('特此声明。'),
      { kind: 'signatures', perRow: 2, entries: [{ label: '声明人签字（章）' }, { label: '日期' }] },
      {
        kind: 'text',
        style: 'note',
        text: `受理编号 ${data.caseNumber}，由${context.agency}于${chineseDate(data.at)}在门户网站刊发。`,
      },
    ],
  });
}
