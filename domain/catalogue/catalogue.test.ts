import { describe, expect, test } from 'vitest';
import { CATALOGUE, findItem, findMaterial, REGISTRATION_TYPE_NAMES, requiredMaterials } from './catalogue.ts';
import type { MaterialCondition } from './types.ts';

/** The rows of domain.md §2.2: code, name, type, floor, output, applicancy, fee, origin. */
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
];

test('exactly the 15 items of group A, with the columns of domain.md §2.2', () => {
  const rows = CATALOGUE.items.map((item) =>
    [item.code, item.name, item.type, item.floor, item.output, item.applicancy, item.fee, item.origin].join(' '),
  );
  expect(rows).toEqual(ROWS);
  expect(CATALOGUE.items.every((item) => item.group === 'A' && item.promiseMinutes === 60)).toBe(true);
});

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
    ['A04', 'M06 M04 M07', { 'pre-notice': 'M05', tax: 'M29 M30' }],
    ['A05', 'M04 M08 M09', { organisation: 'M41' }],
    ['A06', 'M04 M10', { 'prior-claims': 'M42' }],
    ['A07', 'M11 M12', {}],
    ['A08', 'M05 M08 M09 M12', {}],
    ['A09', 'M05 M13 M04', {}],
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

  function codes(item: string, ...conditions: MaterialCondition[]): string[] {
    const found = findItem(item);
    if (!found) throw new Error(item);
    return requiredMaterials(found, conditions)
      .map((entry) => entry.material)
      .sort();
  }

  function conditionsOf(item: string): string[] {
    const all = findItem(item)?.materials.flatMap((entry) => entry.when ?? []) ?? [];
    return [...new Set(all)].sort();
  }
});

test('every registration type has its Chinese name', () => {
  for (const item of CATALOGUE.items) expect(REGISTRATION_TYPE_NAMES[item.type]).toMatch(/登记$/);
});

test('an unknown code is not found', () => {
  expect(findItem('A16')).toBeUndefined();
  expect(findMaterial('M99')).toBeUndefined();
});
