import { collectionWords } from '../case/collecting.ts';
import type { CaseRecord, MaterialTaken } from '../case/types.ts';
import { CATALOGUE, findItem, findMaterial, REGISTRATION_TYPE_NAMES } from '../catalogue/catalogue.ts';
import { promiseOf } from '../catalogue/promise.ts';
import type { Catalogue, Limit, MaterialForm } from '../catalogue/types.ts';
import { columnsOf, type SlipBlock, type SlipDocument } from './document.ts';
import { COLUMNS, heading, partyFields, propertyFields, type SlipContext } from './parts.ts';

const FORM_NAMES: Record<MaterialForm, string> = { original: '原件', viewed: '复印件(已核原件)', shared: '数据共享' };

/** What the slip says of a case; also of one that is about to be accepted. */
export type SlipSource = Pick<CaseRecord, 'acceptance' | 'acceptedAt'>;

export type AcceptanceSlipOptions = Omit<SlipContext, 'at'>;

/**
 * SL4 受理凭证 (domain.md §3.7): two copies, one for the applicant, one for the file. Names in full, identity numbers
 * masked (§7.3). QR and Code 128 both carry the 受理编号.
 */
export function buildAcceptanceSlip(record: SlipSource, options: AcceptanceSlipOptions): SlipDocument {
  const { acceptance } = record;
  const { catalogue = CATALOGUE } = options;
  const item = findItem(acceptance.itemCode, catalogue);
  const blocks: SlipBlock[] = [
    ...heading('受理凭证', acceptance.number, options),
    { kind: 'field', label: '受理编号', value: acceptance.number },
    { kind: 'field', label: '受理时间', value: options.acceptedAt },
    { kind: 'field', label: '办理事项', value: item ? `${item.code} ${item.name}` : acceptance.itemCode },
  ];
  if (item) {
    if (item.type !== null) {
      blocks.push({ kind: 'field', label: '登记类型', value: REGISTRATION_TYPE_NAMES[item.type] });
    }
    const promise = promiseOf(item, acceptance.projectKind);
    if (promise) blocks.push({ kind: 'field', label: '承诺时限', value: describeLimit(promise) });
  }
  if (options.promisedBy !== null) {
    // A line of its own: the label is wider than a label's column, and people look for this line.
    blocks.push({ kind: 'text', text: `承诺办结时间 ${options.promisedBy}`, align: 'left', size: 1, bold: true });
  }
  blocks.push({ kind: 'rule' });
  for (const party of acceptance.parties) blocks.push(...partyFields(party));
  blocks.push(...propertyFields(record));
  const { certificate } = acceptance.property;
  if (certificate) {
    blocks.push({ kind: 'field', label: '原证号', value: certificate.number + (certificate.legacy ? '(旧证)' : '') });
  }
  blocks.push({ kind: 'rule' }, { kind: 'text', text: '收件清单', align: 'left', size: 1, bold: true });
  for (const [index, material] of acceptance.materials.entries()) {
    for (const line of describeMaterial(index + 1, material, catalogue)) {
      blocks.push({ kind: 'text', text: line, align: 'left', size: 1, bold: false });
    }
  }
  blocks.push(
    {
      kind: 'field',
      label: '合计',
      value: `${acceptance.materials.length}项 收取${countCopies(acceptance.materials)}份`,
    },
    { kind: 'rule' },
    {
      kind: 'field',
      label: '受理人',
      value: `${acceptance.clerk.name}(${acceptance.clerk.id})  ${acceptance.window}窗口`,
    },
    { kind: 'field', label: '申请人签字', value: '' },
    { kind: 'feed', lines: 1 },
    { kind: 'field', label: '', value: '_'.repeat(30) },
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: acceptance.number },
    ...collectionWords(acceptance).map(
      (text) => ({ kind: 'text', text, align: 'centre', size: 1, bold: false }) as const,
    ),
    { kind: 'text', text: '一式两份 申请人、档案各一份', align: 'centre', size: 1, bold: false },
  );
  return { title: '受理凭证', columns: COLUMNS, copies: 2, blocks };
}

function describeLimit({ unit, amount }: Limit): string {
  return unit === 'minutes' ? `${amount}分钟(工作时间内)` : `${amount}个工作日`;
}

/** One line, or the form and count on a second, indented one: a list that wraps anywhere is hard to check by eye. */
function describeMaterial(place: number, material: MaterialTaken, catalogue: Catalogue): string[] {
  const name = `${place}. ${findMaterial(material.code, catalogue)?.name ?? material.code}`;
  const taken = FORM_NAMES[material.form] + (isPaper(material) ? ` ${material.copies}份` : '');
  return columnsOf(`${name} ${taken}`) <= COLUMNS ? [`${name} ${taken}`] : [name, `   ${taken}`];
}

/** What came by data sharing is listed and not counted: there is no sheet of it in the file. */
function countCopies(materials: readonly MaterialTaken[]): number {
  return materials.filter(isPaper).reduce((sum, material) => sum + material.copies, 0);
}

function isPaper(material: MaterialTaken): boolean {
  return material.form !== 'shared';
}
