import { describe, expect, test } from 'vitest';
import { CATALOGUE, findItem, findMaterial } from '../catalogue/catalogue.ts';
import type { Item } from '../catalogue/types.ts';
import { isElder } from './notice.ts';
import { judge, papersAsked, papersSeen } from './papers.ts';
import { servedAt } from './place.ts';
import { conditionsAsked } from './questions.ts';
import { describeMissing, whereToGet } from './whereToGet.ts';

function item(code: string): Item {
  const found = findItem(code);
  if (!found) throw new Error(code);
  return found;
}

const codes = (materials: readonly { code: string }[]): string => materials.map(({ code }) => code).join(' ');

describe('the papers that are asked for', () => {
  test.each([
    ['A09', [], true, 'M05 M13 M04'],
    ['A09', [], false, 'M02 M05 M13 M04'],
    ['A05', [], true, 'M02 M04 M08 M09'],
    ['A05', ['organisation'], true, 'M02 M04 M08 M09 M41'],
    ['B01', ['agent'], true, 'M15 M03 M04'],
    ['C05', [], true, ''],
    ['P01', [], true, 'F02 F03 F04 F06'],
    ['C14', ['certificate-withheld'], true, 'M31'],
  ] as const)('%s under %j, card read %s: %s', (code, conditions, cardRead, expected) => {
    const asked = codes(papersAsked({ item: item(code), conditions, cardRead }, CATALOGUE));
    expect(asked.split(' ').sort()).toEqual(expected.split(' ').sort());
  });

  test('nobody is asked for what data sharing gives or the window prints', () => {
    for (const each of CATALOGUE.items) {
      const every = each.materials.flatMap(({ when, unless }) => when ?? unless ?? []);
      for (const conditions of [[], every]) {
        for (const material of papersAsked({ item: each, conditions, cardRead: false }, CATALOGUE)) {
          expect(material.forms[0], `${each.code} ${material.code}`).not.toBe('shared');
          expect(['M01', 'M28', 'F05', 'F11', 'F12']).not.toContain(material.code);
          expect(whereToGet(material.code), material.code).not.toBe('');
        }
      }
    }
  });

  test('a card that was read is an identity that was seen, but not that of the other side', () => {
    expect(papersSeen({ item: item('A09'), conditions: [], cardRead: true })).toEqual([{ code: 'M02', has: true }]);
    expect(papersSeen({ item: item('A09'), conditions: [], cardRead: false })).toEqual([]);
    expect(papersSeen({ item: item('A05'), conditions: [], cardRead: true })).toEqual([]);
  });
});

describe('the questions before the papers', () => {
  test('are those that decide about a paper somebody brings, and fit a screen', () => {
    const of = (code: string) => conditionsAsked(item(code), CATALOGUE).map(({ condition }) => condition);
    expect(of('C01').sort()).toEqual(['agent', 'encumbered']);
    // 涉税 papers are obtained by sharing.
    expect(of('A04')).not.toContain('tax');
    for (const each of CATALOGUE.items) expect(of(each.code).length, each.code).toBeLessThanOrEqual(5);
  });
});

describe('judging', () => {
  const asked = [{ code: 'M04' }, { code: 'M08' }, { code: 'M09' }];
  test('says everything that is missing at once', () => {
    const answers = [
      { code: 'M04', has: false },
      { code: 'M08', has: true },
      { code: 'M09', has: false },
    ];
    expect(judge(asked, answers)).toEqual(['M04', 'M09']);
  });
  test('waits for the last answer', () => {
    expect(judge(asked, [{ code: 'M04', has: true }])).toBeNull();
  });
  test('a missing paper says why and where', () => {
    const [m33] = describeMissing(['M33'], item('C01'), CATALOGUE);
    expect(m33).toEqual({
      code: 'M33',
      name: findMaterial('M33')?.name,
      why: '因为：房子上有抵押或预告登记',
      where: '抵押权人（银行）或预告登记权利人出具',
    });
    expect(describeMissing(['M04'], item('C01'), CATALOGUE)[0]?.why).toBe('转移登记必需');
  });
});

test('taxed items wait on the third floor, the others on the second, and elsewhere where one stands', () => {
  expect(servedAt(item('A05'), 'hall', 3)).toEqual({ queue: 'B', floor: 2, zone: '二楼 非涉税综合服务区' });
  expect(servedAt(item('C01'), 'hall', 2)).toEqual({ queue: 'A', floor: 3, zone: '三楼 涉税综合服务区' });
  expect(servedAt(item('C06'), 'hall', 2).queue).toBe('A');
  expect(servedAt(item('A05'), 'pf-hall', 1)).toEqual({ queue: 'G', floor: 1, zone: '一楼 公积金延伸窗口' });
  expect(servedAt(item('C01'), 'branch', 1).queue).toBe('X');
});

test('sixty years are reached on the birthday', () => {
  expect(isElder('1966-11-27', '2026-11-27')).toBe(true);
  expect(isElder('1966-11-28', '2026-11-27')).toBe(false);
});
