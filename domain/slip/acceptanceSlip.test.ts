import { describe, expect, test } from 'vitest';
import type { Acceptance, CaseRecord } from '../case/types.ts';
import { buildAcceptanceSlip } from './acceptanceSlip.ts';
import { columnsOf, type SlipDocument } from './document.ts';

const OPTIONS = {
  agency: '辽源市不动产登记交易中心',
  print: 1,
  acceptedAt: '2026-11-23 14:05',
  promisedBy: '2026-11-23 15:05 前',
};

/** Fictitious persons of domain.md §4.1 and §4.2. */
function makeRecord(changes: Partial<Acceptance> = {}): CaseRecord {
  return {
    id: '0190a0a0-0000-7000-8000-000000000001',
    version: 1,
    state: 'ACCEPTED',
    acceptedAt: '2026-11-23T06:05:00.000Z',
    slips: [],
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
