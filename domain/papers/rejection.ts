import type { Rejection } from '../case/progress.ts';
import type { PaperDocument } from './document.ts';
import {
  addressee,
  body,
  contactNote,
  copiesNote,
  field,
  heading,
  kept,
  makePaper,
  namesOf,
  type PaperContext,
  receipt,
} from './parts/parts.ts';
import { chineseDay } from './parts/words.ts';
import { type Remedies, remedyBlocks } from './refusal.ts';

/** SL12 不予登记告知书. */
export interface RejectionData {
  caseNumber: string;
  applicants: { name: string }[];
  item: string;
  acceptedAt: string;
  location: string;
  ground: Rejection['ground'];
  /** The facts. */
  reason: string;
  remedies: Remedies;
  at: string;
}

const GROUNDS: Record<Rejection['ground'], string> = {
  'breaks-law': '《不动产登记暂行条例》第二十二条第一项（违反法律、行政法规规定的）',
  'unresolved-dispute': '《不动产登记暂行条例》第二十二条第二项（存在尚未解决的权属争议的）',
  'beyond-term': '《不动产登记暂行条例》第二十二条第三项（申请登记的不动产权利超过规定期限的）',
  other: '《不动产登记暂行条例》第二十二条第四项（法律、行政法规规定不予登记的其他情形）',
  'not-supplemented': '《不动产登记暂行条例》第二十二条（申请人逾期未按要求补正申请材料）',
};

/** SL12: grounds, facts and remedies, under the seal. */
export function buildRejection(data: RejectionData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'rejection',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      addressee(namesOf(data.applicants)),
      body(`您（单位）申请的“${data.item}”，我机构已于${chineseDay(data.acceptedAt)}受理。经审核，决定不予登记。`),
      {
        kind: 'fields',
        rows: [[kept('受理编号', data.caseNumber)], [field('坐落', data.location)]],
      },
      heading('一、法律依据'),
      body(GROUNDS[data.ground]),
      heading('二、事实和理由'),
      body(data.reason),
      heading('三、救济途径'),
      ...remedyBlocks(data.remedies),
      body('申请材料随本告知书退还，登记机构留存复印件；已缴纳的不动产登记费依规定退还。'),
      { kind: 'seal', agency: context.agency, date: data.at },
      copiesNote('rejection', '申请人一份，登记机构存档一份'),
      ...contactNote(context),
      ...receipt('不予登记告知书', data.caseNumber),
    ],
  });
}
