import type { PaperBlock, PaperDocument } from './document.ts';
import {
  addressee,
  body,
  contactNote,
  copiesNote,
  heading,
  makePaper,
  namesOf,
  numberLine,
  type PaperClerk,
  type PaperContext,
  receipt,
} from './parts/parts.ts';
import { chineseDay } from './parts/words.ts';

/** SL5 不予受理告知书. */
export interface RefusalData {
  /** Of the refusals' own sequence (domain.md §4.8). */
  number: string;
  applicants: { name: string }[];
  item: string;
  /** Where the property lies; empty when none was named. */
  location: string;
  appliedAt: string;
  reason: string;
  /** Everything to be supplied; empty when papers are not the reason. */
  missing: string[];
  /** The registrar whose area it is; null when it is ours. */
  competentRegistrar: string | null;
  remedies: Remedies;
  clerk: PaperClerk;
  at: string;
}

/** Where one can complain, in how many days and months. */
export interface Remedies {
  reviewBody: string;
  court: string;
}

/** SL5: handed over on the spot; without it the case counts as accepted (不动产登记暂行条例 §17). */
export function buildRefusal(data: RefusalData, context: PaperContext): PaperDocument {
  const blocks: PaperBlock[] = [
    numberLine(data.number),
    addressee(namesOf(data.applicants)),
    body(
      `${chineseDay(data.appliedAt)}，您（单位）向我机构申请办理“${data.item}”${data.location === '' ? '' : `，不动产坐落：${data.location}`}。经查验，该申请不符合受理条件，依据《不动产登记暂行条例》第十七条，决定不予受理。现书面告知如下：`,
    ),
  ];
  const parts: [title: string, content: PaperBlock[]][] = [['不予受理的原因', [body(data.reason)]]];
  if (data.missing.length > 0) {
    parts.push(['需要补正的全部内容', [{ kind: 'list', numbering: 'decimal', items: data.missing }]]);
  }
  if (data.competentRegistrar !== null) {
    const where = `该不动产不属于我机构登记范围，请向${data.competentRegistrar}申请。`;
    parts.push(['有登记权限的机构', [body(where)]]);
  }
  parts.push(['救济途径', remedyBlocks(data.remedies)]);
  for (const [index, [title, content]] of parts.entries()) {
    blocks.push(heading(`${'一二三四'.charAt(index)}、${title}`), ...content);
  }
  blocks.push(
    body('申请材料已当面退还申请人。'),
    { kind: 'seal', agency: context.agency, date: data.at },
    { kind: 'signatures', perRow: 2, entries: [{ label: '经办人', name: `${data.clerk.name}（${data.clerk.id}）` }] },
    copiesNote('refusal', '申请人一份，登记机构存档一份'),
    ...contactNote(context),
    ...receipt('不予受理告知书', data.number),
  );
  return makePaper({ kind: 'refusal', number: data.number, code: null, context, blocks });
}

/** 复议 within 60 days, 诉讼 within 6 months (行政复议法, 行政诉讼法). */
export function remedyBlocks({ reviewBody, court }: Remedies): PaperBlock[] {
  return [
    body(
      `如对本决定不服，可以自收到本告知书之日起六十日内向${reviewBody}申请行政复议，或者自收到本告知书之日起六个月内依法向${court}提起行政诉讼。`,
    ),
  ];
}
