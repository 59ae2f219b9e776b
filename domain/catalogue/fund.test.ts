import { expect, test } from 'vitest';
import { CATALOGUE, findItem, findMaterial, OFFERED_ITEMS, requiredMaterials } from './catalogue.ts';
import { promiseOf } from './promise.ts';
import type { FundItem } from './types.ts';

const FUND = CATALOGUE.items.filter((item): item is FundItem => item.business === 'provident-fund');

/** domain.md §2.9, in its order; W names are those of the grounds with 提取 behind them. */
const NAMES = {
  G: '单位缴存登记开户 单位信息变更 单位注销 个人账户设立 个人信息变更 账户封存 账户启封 同城转移 异地转移接续（转入） 异地转移接续（转出） 汇缴 补缴 缴存基数、比例调整 降低比例或缓缴 错缴更正 缴存证明出具',
  W: '购买新建商品房提取 购买存量房提取 建造、翻建、大修提取 偿还公积金贷款提取（对冲还贷） 偿还商业住房贷款提取 租住商品住房提取 租住公共租赁住房提取 离休、退休提取 完全丧失劳动能力并终止劳动关系提取 出境定居提取 终止劳动关系销户提取 死亡提取（继承人、受遗赠人） 低保、重大疾病等困难提取',
  P: '购买新建商品房（期房）贷款 购买存量房贷款 购买现房、建造翻建大修贷款 额度预审 还款方式变更 还款账户变更 提前部分还款 提前结清 对冲还贷签约、解约 期限变更 借款人变更 结清证明及解押材料 贷款及还款计划查询打印',
};

test('42 items of the provident fund: 16 of deposits, 13 of withdrawal, 13 of loans', () => {
  expect(FUND).toHaveLength(42);
  for (const [group, names] of Object.entries(NAMES)) {
    const items = FUND.filter((item) => item.group === group);
    expect(items.map((item) => item.name)).toEqual(names.split(' '));
    expect(items.map((item) => item.code)).toEqual(items.map((_, at) => `${group}${String(at + 1).padStart(2, '0')}`));
  }
  expect([NAMES.G, NAMES.W, NAMES.P].map((names) => names.split(' ').length)).toEqual([16, 13, 13]);
});

test('with the 61 of registration they are all that is enabled', () => {
  const enabled = CATALOGUE.items.filter((item) => item.enabled);
  expect(enabled).toHaveLength(61 + 42);
  expect(enabled.filter((item) => item.business === 'registration')).toEqual(OFFERED_ITEMS);
});

test('every one is promised in three working days, costs nothing and registers nothing', () => {
  for (const item of FUND) {
    expect(promiseOf(item, undefined)).toEqual({ unit: 'working-days', amount: 3 });
    expect(item).toMatchObject({ type: null, output: 'none', fee: 'F0', origin: 'derived', housingCheck: false });
  }
});

test('withdrawals are decided in 3 days and loans in 15 by law; nothing else has a legal limit', () => {
  const days = (limit: number | null) => FUND.filter((item) => item.statutoryDays === limit).map(({ code }) => code);
  expect(days(3)).toEqual(FUND.filter((item) => item.group === 'W').map(({ code }) => code));
  expect(days(15)).toEqual(['P01', 'P02', 'P03']);
  expect(days(null)).toHaveLength(16 + 10);
});

test('three loans wait for a mortgage (S9) and aim at 90 minutes', () => {
  const linked = FUND.filter((item) => item.linkedItems.length > 0);
  expect(linked.map(({ code, linkedItems, targetMinutes }) => [code, [...linkedItems], targetMinutes])).toEqual([
    ['P01', ['A08'], 90],
    ['P02', ['C01', 'A05'], 90],
    ['P03', ['A05'], 90],
  ]);
  for (const { linkedItems } of linked) {
    for (const code of linkedItems) expect(findItem(code)?.business).toBe('registration');
  }
  expect(FUND.filter((item) => item.targetMinutes !== null)).toHaveLength(3);
});

test('a loan takes six papers (S12), and one more for an agent', () => {
  const names = '身份证明 婚姻状况证明 购房合同（备案） 首付款凭证 借款申请表（含授权承诺） 还款银行卡'.split(' ');
  for (const code of ['P01', 'P02', 'P03']) {
    const item = findItem(code);
    if (!item) throw new Error(code);
    expect(requiredMaterials(item, []).map(({ material }) => findMaterial(material)?.name)).toEqual(names);
    expect(requiredMaterials(item, ['agent'])).toHaveLength(7);
  }
});

test('no paper of the one business is asked by the other', () => {
  for (const item of CATALOGUE.items) {
    const letter = item.business === 'provident-fund' ? 'F' : 'M';
    for (const { material } of item.materials) expect([item.code, material[0]]).toEqual([item.code, letter]);
  }
});

test('a house is asked where the money goes into one', () => {
  expect(FUND.filter((item) => item.property).map(({ code }) => code)).toEqual([
    'W01',
    'W02',
    'W03',
    'P01',
    'P02',
    'P03',
  ]);
});
