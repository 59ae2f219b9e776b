import { pinyin } from 'pinyin-pro';
import { describe, expect, test } from 'vitest';
import {
  CATALOGUE,
  findItem,
  findMaterial,
  OFFERED_ITEMS,
  REGISTRATION_TYPE_NAMES,
  requiredMaterials,
} from './catalogue.ts';
import { asksProjectKind, promiseOf } from './promise.ts';
import type { Item, MaterialCondition, RegistrationItem } from './types.ts';

/** The rows of domain.md §2.2–2.5: code, name, type, floor, output, applicancy, fee, origin. */
const ROWS = [
  'A01 不动产权利注销登记 400 2 none unilateral F0 split',
  'A02 换证登记 900 2 certificate-or-proof unilateral FG seed',
  'A03 查封登记（含预查封） 800 2 none entrusted F0 seed',
  'A04 商品房买卖转移登记 200 3 certificate joint F1 seed',
  'A05 一般抵押权首次登记 100 2 proof joint F1 seed',
  'A06 最高额抵押权首次登记 100 2 proof joint F1 seed',
  'A07 预购商品房预告登记 700 2 proof joint-or-unilateral F0 seed',
  'A08 预购商品房抵押权预告登记 700 2 proof joint F0 seed',
  'A09 抵押权注销登记 400 2 none joint-or-unilateral F0 split',
  'A10 查封登记注销 400 2 none entrusted F0 split',
  'A11 预告登记注销 400 2 none joint-or-unilateral F0 split',
  'A12 异议登记注销 400 2 none unilateral F0 split',
  'A13 轮候查封、续行查封登记 800 2 none entrusted F0 derived',
  'A14 抵押预告转抵押权首次登记 100 2 proof joint F1 derived',
  'A15 最高额抵押权确定登记 300 2 proof joint F0 derived',
  'B01 权利人姓名/名称、证件变更登记 300 2 certificate unilateral F½ seed',
  'B02 更正登记（依申请） 500 2 certificate unilateral F½ seed',
  'B03 异议登记 600 2 proof unilateral F½ seed',
  'B04 坐落（门牌、地址）变更登记 300 2 certificate unilateral F0 split',
  'B05 面积、用途、期限等自然状况变更登记 300 2 certificate unilateral F1 split',
  'B06 同一权利人分割、合并变更登记 300 2 certificate unilateral F½ split',
  'B07 抵押权变更登记 300 2 proof joint F0 derived',
  'B08 抵押权转移登记 200 2 proof joint F1 derived',
  'B09 预告登记变更 300 2 proof joint-or-unilateral F0 derived',
  'B10 预告登记转移 200 2 proof joint F0 derived',
  'B11 更正登记（依职权） 500 2 certificate ex-officio F0 derived',
  'B12 在建建筑物抵押权转建筑物抵押权登记 300 2 proof joint F0 derived',
  'C01 二手房（存量房）买卖转移登记 200 3 certificate joint F1 seed',
  'C02 互换转移登记 200 3 certificate joint F1 seed',
  'C03 赠与转移登记 200 3 certificate joint F1 seed',
  'C04 回迁安置转移登记 200 3 certificate joint F1 seed',
  'C05 补证登记（证书/证明遗失补发） 900 2 certificate-or-proof unilateral FG seed',
  'C06 继承转移登记（公证/生效文书） 200 3e certificate unilateral F1 derived',
  'C07 继承、受遗赠转移登记（非公证） 200 3e certificate unilateral F1 derived',
  'C08 离婚财产分割转移登记 200 3e certificate joint-or-unilateral F1 derived',
  'C09 夫妻间权利人变更（加名、更名、减名） 200 3e certificate joint FG derived',
  'C10 共有人增减、份额变化转移登记 200 3 certificate joint F1 derived',
  'C11 作价出资（入股）转移登记 200 3 certificate joint F1 derived',
  'C12 法人或非法人组织合并、分立转移登记 200 3e certificate joint-or-unilateral F1 derived',
  'C13 生效法律文书转移登记（法院、仲裁） 200 3 certificate unilateral F1 derived',
  'C14 司法拍卖、变卖成交转移登记 200 3 certificate unilateral-or-entrusted F1 derived',
  'C15 以房抵债转移登记 200 3 certificate joint F1 derived',
  'C16 分割、合并导致权利转移登记 200 3 certificate joint F1 derived',
  'C17 房改房（已购公有住房）转移登记 200 3 certificate joint F1 derived',
  'C18 经济适用住房等保障性住房转移登记 200 3 certificate joint F0/F1 derived',
  'C19 企业改制、资产划转转移登记 200 3e certificate joint F1 derived',
  'C20 车库、车位、储藏室转移登记 200 3 certificate joint F80 derived',
  'C21 国有建设用地使用权首次登记 100 3 certificate unilateral F1 derived',
  'C22 国有建设用地使用权转移登记 200 3 certificate joint F1 derived',
  'C23 国有农用地使用权首次登记 100 2 certificate unilateral F0 derived',
  'C24 集体建设用地使用权及建筑物所有权首次登记 100 2 certificate unilateral F1 derived',
  'C25 集体建设用地使用权及建筑物所有权转移登记 200 3 certificate joint F1 derived',
  'C26 宅基地使用权及房屋所有权首次登记 100 2 certificate unilateral FG derived',
  'C27 宅基地使用权及房屋所有权转移登记 200 2 certificate joint-or-unilateral FG derived',
  'C28 集体土地所有权首次登记 100 2 certificate unilateral F0 derived',
  'C29 土地承包经营权登记 100 2 certificate unilateral F0 derived',
  'C30 林权登记（林地使用权/森林、林木所有权） 100 2 certificate unilateral F0 derived',
  'C31 地役权首次登记 100 2 proof joint F1 derived',
  'C32 在建建筑物抵押权首次登记 100 2 proof joint F1 derived',
  'C33 自建房等其他项目国有建设用地使用权及房屋所有权首次登记 100 2 certificate unilateral F1 derived',
  'D01 国有建设用地使用权及房屋所有权首次登记 100 2 certificate unilateral F1 seed',
];

test('exactly the 61 items, with the columns of domain.md §2.2–2.5', () => {
  const rows = OFFERED_ITEMS.map((item) =>
    [item.code, item.name, item.type, item.floor, item.output, item.applicancy, item.fee, item.origin].join(' '),
  );
  expect(rows).toEqual(ROWS);
});

test('15 items in 60 minutes, 12 in one working day, 33 in five, one in 7 or 15 by the kind of project', () => {
  expect(countBy((item) => `${item.group} ${JSON.stringify(item.promise)}`)).toEqual({
    'A {"unit":"minutes","amount":60}': 15,
    'B {"unit":"working-days","amount":1}': 12,
    'C {"unit":"working-days","amount":5}': 33,
    'D {"unit":"working-days","byProjectKind":{"INDUSTRIAL":7,"DEVELOPER":15}}': 1,
  });
  expect(OFFERED_ITEMS.every((item) => item.statutoryWorkingDays === 30)).toBe(true);
});

test('17 names of the reform: 16 items keep theirs, 注销登记 is split into five of group A', () => {
  expect(countBy((item) => item.origin)).toEqual({ seed: 16, split: 8, derived: 37 });
  const cancelled = OFFERED_ITEMS.filter((item) => item.group === 'A' && item.origin === 'split');
  expect(cancelled.map((item) => item.code)).toEqual(['A01', 'A09', 'A10', 'A11', 'A12']);
  for (const item of cancelled) expect(item.type).toBe(400);
});

test('the promise of D01 is known with the kind of project and not before', () => {
  const d01 = itemOf('D01');
  expect(promiseOf(d01, undefined)).toBeNull();
  expect(promiseOf(d01, 'INDUSTRIAL')).toEqual({ unit: 'working-days', amount: 7 });
  expect(promiseOf(d01, 'DEVELOPER')).toEqual({ unit: 'working-days', amount: 15 });
  expect(promiseOf(itemOf('A05'), 'DEVELOPER')).toEqual({ unit: 'minutes', amount: 60 });
  expect(OFFERED_ITEMS.filter(asksProjectKind).map((item) => item.code)).toEqual(['D01']);
});

test('the housing department checks seven items (domain.md §3.2)', () => {
  const checked = CATALOGUE.items.filter((item) => item.housingCheck).map((item) => item.code);
  expect(checked).toEqual(['A04', 'A07', 'A08', 'C01', 'C04', 'C17', 'C18']);
});

test('the extension items are known and never offered', () => {
  expect(CATALOGUE.items.filter((item) => !item.enabled).map((item) => item.code)).toEqual(['X01', 'X02']);
  expect(findItem('X01')?.name).toBe('居住权登记');
  expect(OFFERED_ITEMS.some((item) => item.group === 'X')).toBe(false);
});

test('initials are those of the pinyin of the name', () => {
  for (const item of CATALOGUE.items) {
    const letters = pinyin(item.name, { pattern: 'first', toneType: 'none', nonZh: 'removed', type: 'array' });
    expect([item.code, item.initials]).toEqual([item.code, letters.join('')]);
  }
});

function countBy(key: (item: RegistrationItem) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of OFFERED_ITEMS) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function itemOf(code: string): Item {
  const item = findItem(code);
  if (!item) throw new Error(code);
  return item;
}

describe('materials', () => {
  test('every material an item refers to exists, once per item', () => {
    for (const item of CATALOGUE.items) {
      const codes = item.materials.map((entry) => entry.material);
      expect(new Set(codes).size).toBe(codes.length);
      for (const code of codes) expect(findMaterial(code), `${item.code} ${code}`).toBeDefined();
    }
  });

  test('every material is used, has a name, a hint and a form, and its code is its own', () => {
    const used = new Set(CATALOGUE.items.flatMap((item) => item.materials.map((entry) => entry.material)));
    expect(new Set(CATALOGUE.materials.map((material) => material.code))).toEqual(used);
    expect(CATALOGUE.materials).toHaveLength(used.size);
    for (const material of CATALOGUE.materials) {
      expect(material.name).not.toBe('');
      expect(material.hint).not.toBe('');
      expect(material.forms.length).toBeGreaterThan(0);
    }
  });

  test('what is obtained by sharing can be taken as shared (M07, M29, M30)', () => {
    for (const code of ['M07', 'M29', 'M30']) expect(findMaterial(code)?.forms[0]).toBe('shared');
  });

  /** Detailed lists of domain.md §2.8, beside M01, M02, M28 and M03 of the application itself. */
  test.each([
    ['A01', 'M04 M36', { encumbered: 'M33' }],
    ['A02', 'M35', {}],
    ['A04', 'M06 M04 M07', { 'pre-notice': 'M05', tax: 'M29 M30', 'maintenance-fund': 'M43' }],
    ['A05', 'M04 M08 M09', { organisation: 'M41' }],
    ['A06', 'M04 M10', { 'prior-claims': 'M42' }],
    ['A07', 'M11 M12', {}],
    ['A08', 'M05 M08 M09 M12', {}],
    ['A09', 'M05 M13 M04', {}],
    ['B01', 'M04 M15', {}],
    ['B02', 'M04 M16', {}],
    ['B03', 'M17', {}],
    ['B07', 'M04 M05 M44', { 'other-mortgagees': 'M33' }],
    ['C01', 'M04 M06 M07 M29 M30', { encumbered: 'M33' }],
    ['C02', 'M04 M18 M07', { notarised: 'M46', encumbered: 'M33' }],
    ['C03', 'M04 M18 M07', { notarised: 'M46', encumbered: 'M33' }],
    ['C05', 'M27', {}],
    ['C06', 'M04 M20 M07', { renounced: 'M47' }],
    ['C07', 'M04 M20 M07', { renounced: 'M47' }],
    ['C21', 'M25 M24 M07', {}],
  ] satisfies [string, string, Partial<Record<MaterialCondition, string>>][])(
    '%s asks for what domain.md §2.8 lists',
    (code, always, conditional) => {
      const application = { always: ['M01', 'M02', 'M28'], agent: ['M03'] };
      expect(codes(code)).toEqual([...application.always, ...always.split(' ')].sort());
      expect(codes(code, 'agent')).toEqual([...codes(code), ...application.agent].sort());
      for (const [condition, more] of Object.entries(conditional)) {
        expect(codes(code, condition as MaterialCondition)).toEqual([...codes(code), ...more.split(' ')].sort());
      }
      expect(conditionsOf(code)).toEqual(['agent', ...Object.keys(conditional)].sort());
    },
  );

  test('seal-up asks nobody for an application or an identity card', () => {
    expect(codes('A03')).toEqual(['M14']);
    expect(codes('A13')).toEqual(['M14']);
    expect(codes('A10')).toEqual(['M14', 'M37']);
    expect(conditionsOf('A03')).toEqual([]);
  });

  test('a correction ex officio asks only what shows the error: nobody applies', () => {
    expect(codes('B11')).toEqual(['M16']);
  });

  test('resettlement takes the survey or the certificate of the developer', () => {
    expect(codes('C04')).toEqual(['M01', 'M02', 'M07', 'M19', 'M24', 'M28']);
    expect(codes('C04', 'developer-certificate')).toEqual(['M01', 'M02', 'M04', 'M07', 'M19', 'M28']);
  });

  test.each(['D01', 'C33'])('%s takes the source of the land or its certificate', (code) => {
    expect(codes(code)).toEqual(['M01', 'M02', 'M22', 'M23', 'M24', 'M25', 'M28']);
    expect(codes(code, 'land-certificate', 'divided', 'deed-tax')).toEqual([
      'M01',
      'M02',
      'M04',
      'M07',
      'M22',
      'M23',
      'M24',
      'M26',
      'M28',
    ]);
  });

  test('what goes to the tax floor needs the record of the deed tax (契税法 第十一条)', () => {
    const taxed = OFFERED_ITEMS.filter((item) => item.floor !== 2);
    expect(taxed).toHaveLength(23);
    for (const item of taxed) expect(codes(item.code), item.code).toContain('M07');
  });

  test('every item with an applicant asks for application and identity, and for a power of attorney of an agent', () => {
    for (const item of OFFERED_ITEMS) {
      const applied = item.applicancy !== 'entrusted' && item.applicancy !== 'ex-officio';
      const asked = codes(item.code, 'agent');
      expect([item.code, ['M01', 'M02', 'M03', 'M28'].every((code) => asked.includes(code))]).toEqual([
        item.code,
        applied,
      ]);
    }
  });

  test('M01 to M35 and the six of a loan are complete; what is above is ours and says so', () => {
    const listed = CATALOGUE.materials.filter((material) => material.derived === undefined);
    const numbers = (letter: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);
    expect(listed.map((material) => material.code)).toEqual([...numbers('M', 35), ...numbers('F', 6)]);
  });

  function codes(item: string, ...conditions: MaterialCondition[]): string[] {
    const found = findItem(item);
    if (!found) throw new Error(item);
    return requiredMaterials(found, conditions)
      .map((entry) => entry.material)
      .sort();
  }

  function conditionsOf(item: string): string[] {
    const all = findItem(item)?.materials.flatMap((entry) => entry.when ?? entry.unless ?? []) ?? [];
    return [...new Set(all)].sort();
  }
});

test('every registration type has its Chinese name', () => {
  for (const name of Object.values(REGISTRATION_TYPE_NAMES)) expect(name).toMatch(/登记$/);
  for (const { type } of OFFERED_ITEMS) expect(REGISTRATION_TYPE_NAMES[type]).toBeDefined();
});

test('an unknown code is not found', () => {
  expect(findItem('A16')).toBeUndefined();
  expect(findMaterial('M99')).toBeUndefined();
});
