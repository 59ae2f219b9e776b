import type { MissingPaper, Refusal } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';
import type { SlipBlock, SlipDocument } from './document.ts';
import {
  applicantNames,
  COLUMNS,
  centred,
  field,
  heading,
  itemName,
  line,
  propertyFields,
  type SlipContext,
  signature,
} from './parts.ts';

/** 不动产登记暂行条例 §17 (3), (4), §22: why an application is not taken at the window. */
export const REFUSAL_GROUND_NAMES: Readonly<Record<Refusal['ground'], string>> = {
  'other-registrar': '申请登记的不动产不属于本机构登记范围',
  incomplete: '申请材料不齐全或者不符合法定形式',
  'not-registrable': '申请事项依法不予登记',
  other: '其他',
};

/**
 * SL5 不予受理告知书 (domain.md §3.7): two copies. Reason, everything to supplement at once, the competent registrar, the
 * remedies. Without this paper the application counts as accepted (不动产登记暂行条例 §17).
 */
export function buildRefusalSlip(record: CaseRecord, refusal: Refusal, context: SlipContext): SlipDocument {
  const { acceptance } = record;
  const number = refusal.number ?? acceptance.number;
  const blocks: SlipBlock[] = [
    ...heading('不予受理告知书', number, context),
    field('编号', number),
    field('受理编号', acceptance.number),
    field('申请时间', context.acceptedAt),
    field('申请人', applicantNames(record)),
    field('申请事项', itemName(acceptance.itemCode, context.catalogue)),
    ...propertyFields(record),
    { kind: 'rule' },
    line('您的申请不予受理，理由如下', true),
    line(REFUSAL_GROUND_NAMES[refusal.ground]),
    line(refusal.reason),
  ];
  if (refusal.competentRegistrar) {
    blocks.push(line('请向有登记权限的机构申请', true), line(refusal.competentRegistrar));
  }
  if (refusal.missing.length > 0) {
    blocks.push({ kind: 'rule' }, line(`一次性告知：须补正全部材料 共${refusal.missing.length}项`, true));
    blocks.push(...refusal.missing.flatMap(describePaper));
  }
  blocks.push(
    { kind: 'rule' },
    line('对本告知不服的，自收到之日起'),
    line('六十日内可申请行政复议，六个月内可提起行政诉讼。'),
    field('经办人', `${acceptance.clerk.name}(${acceptance.clerk.id})  ${acceptance.window}窗口`),
    field('告知时间', context.at),
    ...signature('申请人签收'),
    { kind: 'qr', data: acceptance.number },
    centred('一式两份 申请人、档案各一份'),
  );
  return { title: '不予受理告知书', columns: COLUMNS, copies: 2, blocks };
}

function describePaper(paper: MissingPaper, index: number): SlipBlock[] {
  const blocks = [line(`${index + 1}. ${paper.text}`), field('', paper.why)];
  if (paper.where) blocks.push(field('', `取得途径：${paper.where}`));
  return blocks;
}
