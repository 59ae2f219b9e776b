import { describe, expect, test } from 'vitest';
import type { Acceptance } from '../case/types.ts';
import { buildAcceptanceSlip, type SlipSource } from './acceptanceSlip.ts';
import { columnsOf, type SlipDocument } from './document.ts';

/** What catalogue 2026.1 printed of an item. */
const GROUP_A_2026_1 = [
  ['A01', '不动产权利注销登记', '注销登记'],
  ['A02', '换证登记', '其他登记'],
  ['A03', '查封登记（含预查封）', '查封登记'],
  ['A04', '商品房买卖转移登记', '转移登记'],
  ['A05', '一般抵押权首次登记', '首次登记'],
  ['A06', '最高额抵押权首次登记', '首次登记'],
  ['A07', '预购商品房预告登记', '预告登记'],
  ['A08', '预购商品房抵押权预告登记', '预告登记'],
  ['A09', '抵押权注销登记', '注销登记'],
  ['A10', '查封登记注销', '注销登记'],
  ['A11', '预告登记注销', '注销登记'],
  ['A12', '异议登记注销', '注销登记'],
  ['A13', '轮候查封、续行查封登记', '查封登记'],
  ['A14', '抵押预告转抵押权首次登记', '首次登记'],
  ['A15', '最高额抵押权确定登记', '变更登记'],
] as const;

const OPTIONS = {
  agency: '辽源市不动产登记交易中心',
  print: 1,
  acceptedAt: '2026-11-23 14:05',
  promisedBy: '2026-11-23 15:05 前',
};

/** Fictitious persons of domain.md §4.1 and §4.2. */
function makeRecord(changes: Partial<Acceptance> = {}): SlipSource {
  return {
    acceptedAt: '2026-11-23T06:05:00.000Z',
    acceptance: {
      number: '20261123070012',
      itemCode: 'A04',
      catalogueVersion: '2026.1',
      path: ['T11'],
      source: 'window',
      window: 'W07',
      hall: 'main',
      clerk: { id: '0107', name: '测试戊' },
      parties: [
        {
          role: 'holder',
          kind: 'person',
          name: '测试甲',
          idKind: 'resident',
          idNumber: '220402199003071231',
          origin: 'card',
          phone: '13800000001',
          overrides: [],
        },
        {
          role: 'obligor',
          kind: 'organisation',
          name: '测试房地产开发有限责任公司',
          idKind: 'credit-code',
          idNumber: '91220400MA0Y2ABC14',
          origin: 'typed',
          overrides: [],
        },
      ],
      property: { unitNumber: '220402001002GB00012F00030045', location: '测试区示例路1号3号楼2单元1201室' },
      conditions: [],
      materials: [
        { code: 'M01', form: 'original', copies: 1, pages: 2 },
        { code: 'M14', form: 'viewed', copies: 2, pages: 4 },
        { code: 'M07', form: 'shared', copies: 1, pages: 1 },
      ],
      ...changes,
    },
  };
}

function fieldsOf(slip: SlipDocument): Record<string, string> {
  return Object.fromEntries(
    slip.blocks.flatMap((block) => (block.kind === 'field' ? [[block.label, block.value]] : [])),
  );
}

function textsOf(slip: SlipDocument): string[] {
  return slip.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
}

describe('buildAcceptanceSlip', () => {
  test('carries what SL4 demands, twice', () => {
    const slip = buildAcceptanceSlip(makeRecord(), OPTIONS);
    expect(slip).toMatchObject({ title: '受理凭证', columns: 48, copies: 2 });
    expect(textsOf(slip).slice(0, 2)).toEqual(['辽源市不动产登记交易中心', '受理凭证']);
    expect(fieldsOf(slip)).toMatchObject({
      受理编号: '20261123070012',
      受理时间: '2026-11-23 14:05',
      办理事项: 'A04 商品房买卖转移登记',
      登记类型: '转移登记',
      承诺时限: '60分钟(工作时间内)',
      申请人: '测试甲',
      义务人: '测试房地产开发有限责任公司',
      坐落: '测试区示例路1号3号楼2单元1201室',
      单元号: '220402 001002 GB00012 F00030045',
      受理人: '测试戊(0107)  W07窗口',
      申请人签字: '',
    });
    expect(textsOf(slip)).toContain('承诺办结时间 2026-11-23 15:05 前');
    expect(textsOf(slip)).toContain('请凭本凭证和身份证件领取办理结果');
  });

  test('says of what goes by post that nobody has to come for it', () => {
    const slip = buildAcceptanceSlip(makeRecord({ delivery: { method: 'mail', receiver: '测试甲' } }), OPTIONS);
    expect(textsOf(slip)).toContain('办理结果邮寄到所留地址');
    expect(textsOf(slip)).not.toContain('请凭本凭证和身份证件领取办理结果');
  });

  test('promises minutes or working days, as the item does', () => {
    const promised = (changes: Partial<Acceptance>) =>
      fieldsOf(buildAcceptanceSlip(makeRecord(changes), OPTIONS)).承诺时限;
    expect(promised({ itemCode: 'B03' })).toBe('1个工作日');
    expect(promised({ itemCode: 'C01' })).toBe('5个工作日');
    expect(promised({ itemCode: 'D01', projectKind: 'INDUSTRIAL' })).toBe('7个工作日');
    expect(promised({ itemCode: 'D01', projectKind: 'DEVELOPER' })).toBe('15个工作日');
    expect(promised({ itemCode: 'D01' })).toBeUndefined();
  });

  test('names the certificate of the existing right, and says when it is an old paper', () => {
    const certificate = (number: string, legacy: boolean) =>
      fieldsOf(
        buildAcceptanceSlip(
          makeRecord({ property: { location: '示例路2号', certificate: { number, legacy } } }),
          OPTIONS,
        ),
      ).原证号;
    expect(certificate('吉(2018)辽源市不动产权第0000001号', false)).toBe('吉(2018)辽源市不动产权第0000001号');
    expect(certificate('辽房权证龙山字第12345号', true)).toBe('辽房权证龙山字第12345号(旧证)');
    expect(fieldsOf(buildAcceptanceSlip(makeRecord(), OPTIONS))).not.toHaveProperty('原证号');
  });

  test('prints a case accepted under catalogue 2026.1 as it was printed then', () => {
    for (const [itemCode, name, type] of GROUP_A_2026_1) {
      const slip = buildAcceptanceSlip(makeRecord({ itemCode, catalogueVersion: '2026.1' }), OPTIONS);
      expect(fieldsOf(slip)).toMatchObject({
        办理事项: `${itemCode} ${name}`,
        登记类型: type,
        承诺时限: '60分钟(工作时间内)',
      });
    }
  });

  test('shows names in full, identity and phone numbers masked, credit codes whole', () => {
    const slip = buildAcceptanceSlip(makeRecord(), OPTIONS);
    const numbers = slip.blocks.flatMap((block) =>
      block.kind === 'field' && block.label === '证件号码' ? [block.value] : [],
    );
    expect(numbers).toEqual(['220402********1231', '91220400MA0Y2ABC14']);
    expect(fieldsOf(slip).电话).toBe('138****0001');
    const everything = JSON.stringify(slip);
    expect(everything).not.toContain('19900307');
    expect(everything).not.toContain('13800000001');
  });

  test('puts the case number, and nothing else, into both codes', () => {
    const slip = buildAcceptanceSlip(makeRecord(), OPTIONS);
    const codes = slip.blocks.flatMap((block) => (block.kind === 'qr' || block.kind === 'barcode' ? [block.data] : []));
    expect(codes).toEqual(['20261123070012', '20261123070012']);
  });

  test('marks every print after the first as 重打 with its count', () => {
    expect(textsOf(buildAcceptanceSlip(makeRecord(), OPTIONS)).join()).not.toContain('重打');
    expect(textsOf(buildAcceptanceSlip(makeRecord(), { ...OPTIONS, print: 2 }))).toContain('重打 第2次');
    expect(textsOf(buildAcceptanceSlip(makeRecord(), { ...OPTIONS, print: 3 }))).toContain('重打 第3次');
  });

  test('lists materials in their order with form and copies, on two lines where one is too short', () => {
    const texts = textsOf(buildAcceptanceSlip(makeRecord(), OPTIONS));
    const start = texts.indexOf('收件清单');
    expect(texts.slice(start + 1, start + 5)).toEqual([
      '1. 不动产登记申请书 原件 1份',
      '2. 协助执行通知书、裁定书及执行人员工作证',
      '   复印件(已核原件) 2份',
      '3. 契税完税或减免税凭证 数据共享',
    ]);
  });

  test('counts all materials but only the copies really taken', () => {
    expect(fieldsOf(buildAcceptanceSlip(makeRecord(), OPTIONS)).合计).toBe('3项 收取3份');
    expect(fieldsOf(buildAcceptanceSlip(makeRecord({ materials: [] }), OPTIONS)).合计).toBe('0项 收取0份');
  });

  test('leaves out what the case does not have', () => {
    const slip = buildAcceptanceSlip(makeRecord({ property: { location: '示例路2号' } }), OPTIONS);
    expect(fieldsOf(slip)).not.toHaveProperty('单元号');
    expect(fieldsOf(slip).坐落).toBe('示例路2号');
  });

  test('names an item or material the catalogue does not know by its code', () => {
    const unknown = makeRecord({
      itemCode: 'Z99',
      materials: [{ code: 'M99', form: 'original', copies: 1, pages: 1 }],
    });
    const slip = buildAcceptanceSlip(unknown, { ...OPTIONS, promisedBy: null });
    expect(textsOf(slip).join()).not.toContain('承诺');
    expect(fieldsOf(slip).办理事项).toBe('Z99');
    expect(textsOf(slip)).toContain('1. M99 原件 1份');
  });

  test('fits the paper without a broken heading or list line', () => {
    const slip = buildAcceptanceSlip(makeRecord(), { ...OPTIONS, print: 2 });
    for (const block of slip.blocks) {
      if (block.kind === 'text') expect(columnsOf(block.text) * block.size).toBeLessThanOrEqual(slip.columns);
    }
  });
});
