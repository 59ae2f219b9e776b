import type { PaperDocument } from './document.ts';
import {
  field,
  heading,
  kept,
  makePaper,
  note,
  type PaperClerk,
  type PaperContext,
  type PaperParty,
  shownId,
  shownPhone,
} from './parts/parts.ts';
import { chineseDate, yuan } from './parts/words.ts';

/** SL8 纳税联系单（存量房）. */
export interface TaxContactData {
  caseNumber: string;
  sellers: PaperParty[];
  buyers: PaperParty[];
  location: string;
  unitNumber: string;
  /** m², as text with its decimals. */
  houseArea: string;
  atticArea: string;
  garageArea: string;
  contractNumber: string;
  /** Null: to be written by hand. */
  priceFen: number | null;
  contractDate: string;
  clerk: PaperClerk;
  at: string;
}

/** SL8: for the tax window next door; numbers masked, it opens the case by its code. */
export function buildTaxContact(data: TaxContactData, context: PaperContext): PaperDocument {
  const area = (value: string): string => (value === '' ? '—' : `${value}㎡`);
  return makePaper({
    kind: 'tax-contact',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('开具时间', chineseDate(data.at))],
          [field('坐落', data.location)],
          [kept('不动产单元号', data.unitNumber)],
          [kept('房屋面积', area(data.houseArea)), kept('阁楼面积', area(data.atticArea))],
          [kept('车库面积', area(data.garageArea)), kept('合同编号', data.contractNumber)],
          [
            kept('合同价款', data.priceFen === null ? '' : `¥${yuan(data.priceFen)}`),
            field('签订日期', chineseDate(data.contractDate)),
          ],
        ],
      },
      heading('转让方（卖方）'),
      partyTable(data.sellers),
      heading('受让方（买方）'),
      partyTable(data.buyers),
      heading('税务部门意见'),
      {
        kind: 'fields',
        rows: [[field('完税或减免', '☐已完税　☐减免税　☐不征税')], [field('凭证号码', '')], [field('经办人签章', '')]],
      },
      note('本单用于部门之间联系，不作完税凭证。完税结果以税务部门共享数据为准。'),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '登记机构经办人', name: `${data.clerk.name}（${data.clerk.id}）` }],
      },
    ],
  });
}

function partyTable(parties: readonly PaperParty[]) {
  return {
    kind: 'table' as const,
    columns: [
      { title: '姓名/名称', weight: 34 },
      { title: '证件种类', weight: 16, align: 'centre' as const },
      { title: '证件号码', weight: 30, align: 'centre' as const, keep: true },
      { title: '联系电话', weight: 20, align: 'centre' as const, keep: true },
    ],
    rows: parties.map((party) => [party.name, party.idKind, shownId(party), shownPhone(party.phone)]),
  };
}
