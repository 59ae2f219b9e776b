import { describe, expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import type { Acceptance, Party } from '../case/types.ts';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { ITEM_MEANINGS } from './codes.ts';
import { buildCertificateContent, type CertificateContent, type RegisterFacts } from './content.ts';

const BOOKED = '2018-05-23T02:00:00.000Z';
const CERTIFICATE = '吉(2018)辽源市不动产权第0000001号';
const PROOF = '吉(2018)辽源市不动产证明第0000012号';

const person = (name: string, idNumber: string, more: Partial<Party> = {}): Party => {
  return { role: 'holder', kind: 'person', name, idKind: 'resident', idNumber, origin: 'card', overrides: [], ...more };
};
const zhang = person('张三', '220402199003071231');
const li = person('李娜', '220403198506150048');
const bank = (role: Party['role']): Party => ({
  ...person('吉林银行示例支行', '91220000000000000X', { role, kind: 'organisation', idKind: 'credit-code' }),
});

function build(
  kind: 'certificate' | 'proof',
  overrides: Partial<Acceptance>,
  holders: string[],
  facts?: RegisterFacts,
): CertificateContent {
  const number = kind === 'certificate' ? CERTIFICATE : PROOF;
  return buildCertificateContent(
    { acceptance: acceptance(1, overrides), bookedAt: BOOKED },
    { number, kind, holders },
    facts,
  );
}
const row = (content: CertificateContent, key: string) => content.rows.find((each) => each.key === key)?.value;

const HOUSE: RegisterFacts = {
  rightType: 4,
  nature: { land: '出让', house: '商品房' },
  use: { land: '城镇住宅用地' },
  area: { parcel: '12.50' },
  term: { from: '2010-01-01', to: '2079-12-31' },
  structure: '钢筋混凝土结构',
  floors: { total: '18', at: '4' },
  exclusiveArea: '70.10',
  sharedArea: '19.40',
  completedOn: '2012-09-30',
  remarks: ['本证为首次发放'],
};
const property = {
  unitNumber: '220402001002GB00012F00030045',
  location: '辽源市龙山区示例街1号3单元402室',
  area: '89.50',
  use: 'dwelling',
} as const;

describe('不动产权证书', () => {
  test('has the rows of the form, top to bottom, and nothing invented', () => {
    const content = build(
      'certificate',
      { itemCode: 'A04', parties: [zhang], property, coOwnership: 'sole' },
      ['张三'],
      HOUSE,
    );
    expect(content.numberLine).toEqual({ province: '吉', year: '2018', place: '辽源市', sequence: '0000001' });
    expect(content.date).toEqual({ year: '2018', month: '5', day: '23' });
    expect(content.rows.map(({ label, value }) => [label, value])).toEqual([
      ['权利人', '张三'],
      ['共有情况', '单独所有'],
      ['坐落', '辽源市龙山区示例街1号3单元402室'],
      ['不动产单元号', '220402 001002 GB00012 F00030045'],
      ['权利类型', '国有建设用地使用权/房屋（构筑物）所有权'],
      ['权利性质', '出让/商品房'],
      ['用途', '城镇住宅用地/住宅'],
      ['面积', '宗地面积12.50㎡/房屋建筑面积89.50㎡'],
      ['使用期限', '2010年01月01日起2079年12月31日止'],
      [
        '权利其他状况',
        '居民身份证：220402199003071231\n房屋结构：钢筋混凝土结构\n总层数：18，所在层：4\n专有建筑面积：70.10㎡\n分摊建筑面积：19.40㎡\n竣工时间：2012年09月30日',
      ],
      ['附记', '登记原因：商品房买卖转移登记\n本证为首次发放'],
    ]);
  });

  test('land that the register does not word is worded as the form has it', () => {
    const land = { ...property, landUse: 'industry', landNature: 'granted' } as const;
    const content = build('certificate', { itemCode: 'D01', parties: [zhang], property: land }, ['张三']);
    expect([row(content, 'right-nature'), row(content, 'use')]).toEqual(['出让', '工业用地/住宅']);
    const worded = build('certificate', { itemCode: 'D01', parties: [zhang], property: land }, ['张三'], HOUSE);
    expect([row(worded, 'right-nature'), row(worded, 'use')]).toEqual(['出让/商品房', '城镇住宅用地/住宅']);
  });

  test('what nobody knows is a slash', () => {
    const bare = { location: '辽源市龙山区示例街1号' };
    const content = build('certificate', { itemCode: 'C30', parties: [zhang], property: bare }, ['张三']);
    for (const key of ['co-ownership', 'unit', 'right-type', 'right-nature', 'use', 'area', 'term']) {
      expect(row(content, key), key).toBe('/');
    }
    expect(row(build('certificate', { parties: [zhang], property: bare }, ['赵六']), 'other')).toBe('其他共有人：张三');
    expect(row(build('certificate', { parties: [], property: bare }, ['赵六']), 'other')).toBe('/');
  });

  test('one certificate names all co-owners, with their papers and shares', () => {
    const parties = [{ ...zhang, share: '1/3' }, { ...li, share: '2/3' }, bank('obligor')];
    const both = build('certificate', { parties, property, coOwnership: 'shares' }, ['张三', '李娜'], HOUSE);
    expect(row(both, 'holder')).toBe('张三、李娜');
    expect(row(both, 'co-ownership')).toBe('按份共有：张三1/3、李娜2/3');
    expect(row(both, 'other')).toMatch(/^张三 居民身份证：220402199003071231\n李娜 居民身份证：220403198506150048\n/);
    expect(row(both, 'other')).not.toContain('其他共有人');
  });

  test('a certificate of one’s own names one holder, and the others in 权利其他状况', () => {
    const parties = [
      { ...zhang, share: '1/3' },
      { ...li, share: '2/3' },
    ];
    const own = build('certificate', { parties, property, coOwnership: 'shares' }, ['李娜'], HOUSE);
    expect(row(own, 'holder')).toBe('李娜');
    expect(row(own, 'co-ownership')).toBe('按份共有：2/3');
    expect(row(own, 'other')).toMatch(/^居民身份证：220403198506150048\n/);
    expect(row(own, 'other')).toMatch(/\n其他共有人：张三 1\/3$/);
  });

  test('a certificate given again after loss says so and names the old one', () => {
    const certificate = { number: '吉(2016)辽源市不动产权第0000042号', legacy: false };
    const lost = build('certificate', { itemCode: 'C05', parties: [zhang], property: { ...property, certificate } }, [
      '张三',
    ]);
    expect(row(lost, 'remark')).toMatch(/原不动产权证号：吉\(2016\)辽源市不动产权第0000042号\n补发$/);
  });

  test('a rural house site has its right from the item', () => {
    expect(row(build('certificate', { itemCode: 'C26', parties: [zhang], property }, ['张三']), 'right-type')).toBe(
      '宅基地使用权/房屋（构筑物）所有权',
    );
  });
});

describe('不动产登记证明', () => {
  const certificate = { number: CERTIFICATE, legacy: false };

  test('of a mortgage names both sides, the certificate, the debt and its term', () => {
    const mortgage = { amountFen: 500_000_00, from: '2018-05-23', to: '2038-05-22' };
    const content = build(
      'proof',
      {
        itemCode: 'A05',
        parties: [bank('holder'), { ...zhang, role: 'obligor' }],
        property: { ...property, certificate },
        mortgage,
      },
      ['吉林银行示例支行'],
    );
    expect(content.numberLine).toMatchObject({ sequence: '0000012' });
    expect(content.rows.map(({ label, value }) => [label, value])).toEqual([
      ['证明权利或事项', '抵押权'],
      ['权利人（申请人）', '吉林银行示例支行'],
      ['义务人', '张三'],
      ['坐落', '辽源市龙山区示例街1号3单元402室'],
      ['不动产单元号', '220402 001002 GB00012 F00030045'],
      [
        '其他',
        '不动产权证书号：吉(2018)辽源市不动产权第0000001号\n抵押方式：一般抵押\n担保债权数额：500000元\n债务履行期限：2018年05月23日起2038年05月22日止',
      ],
      ['附记', '登记原因：一般抵押权首次登记\n原不动产权证号：吉(2018)辽源市不动产权第0000001号'],
    ]);
  });

  test('of a maximum-amount mortgage says the highest amount, to the fen', () => {
    const mortgage = { amountFen: 1_234_567_05 };
    const other = row(
      build('proof', { itemCode: 'A06', parties: [bank('holder')], mortgage }, ['吉林银行示例支行']),
      'other',
    );
    expect(other).toContain('抵押方式：最高额抵押\n最高债权数额：1234567.05元');
    expect(other).not.toContain('债务履行期限');
  });

  test('of an advance notice names the contract and the kind; of an objection, nothing more', () => {
    const notice = build('proof', { itemCode: 'A07', parties: [zhang], property }, ['张三'], {
      contractNumber: 'LY2018-0042',
    });
    expect(row(notice, 'right')).toBe('预告登记');
    expect(row(notice, 'other')).toBe('已备案合同号：LY2018-0042\n预告登记种类：预售商品房买卖预告登记');
    const objection = build('proof', { itemCode: 'B03', parties: [zhang], property }, ['张三']);
    expect([row(objection, 'right'), row(objection, 'obligor'), row(objection, 'other')]).toEqual([
      '异议登记',
      '/',
      '/',
    ]);
  });
});

test('nothing is printed before it is in the register, nor with a number of another form', () => {
  const record = { acceptance: acceptance(1), bookedAt: null };
  const of = (number: string) => ({ number, kind: 'certificate' as const, holders: ['张三'] });
  expect(() => buildCertificateContent(record, of(CERTIFICATE))).toThrow(RangeError);
  const booked = { ...record, bookedAt: BOOKED };
  expect(() => buildCertificateContent(booked, of('辽房权证龙山字第12345号'))).toThrow(RangeError);
});

test('every item that is said to mean a right gives out a paper', () => {
  for (const code of Object.keys(ITEM_MEANINGS)) {
    const item = CATALOGUE.items.find((each) => each.code === code);
    expect(item?.output, code).toMatch(/certificate|proof/);
  }
});

test('a building under construction is mortgaged in the way the form says, where the item leaves it open', () => {
  const proof = (mortgage: Acceptance['mortgage']) =>
    row(build('proof', { itemCode: 'C32', parties: [zhang], property, mortgage }, ['张三']), 'other');
  expect(proof({ way: 'maximum', amountFen: 30_000_000 })).toBe('抵押方式：最高额抵押\n最高债权数额：300000元');
  expect(proof({ way: 'ordinary', amountFen: 30_000_000 })).toBe('抵押方式：一般抵押\n担保债权数额：300000元');
});
