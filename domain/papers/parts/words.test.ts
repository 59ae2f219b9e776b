import { expect, test } from 'vitest';
import { chineseDate, chineseDay, yuan, yuanInWords } from './words.ts';

test('dates stand without zeros, times with them', () => {
  expect(chineseDate('2018-05-23')).toBe('2018年5月23日');
  expect(chineseDate('2018-12-01 09:05')).toBe('2018年12月1日 09:05');
  expect(chineseDate('2018-05-23 09:05:07')).toBe('2018年5月23日 09:05:07');
  expect(chineseDay('2018-05-23 09:05')).toBe('2018年5月23日');
});

test('what is no date stays as it is', () => {
  expect(chineseDate('长期')).toBe('长期');
  expect(chineseDate('以工作日历公布为准')).toBe('以工作日历公布为准');
});

test('fen become yuan with two decimals and thousands', () => {
  expect([0, 5, 8_000, 123_456_789, -1_000].map(yuan)).toEqual(['0.00', '0.05', '80.00', '1,234,567.89', '-10.00']);
});

test('amounts in words as on a bill', () => {
  const vectors: [fen: number, words: string][] = [
    [0, '零元整'],
    [5, '伍分'],
    [50, '伍角整'],
    [1_005, '壹拾元零伍分'],
    [1_050, '壹拾元伍角整'],
    [8_000, '捌拾元整'],
    [55_000, '伍佰伍拾元整'],
    [100_500, '壹仟零伍元整'],
    [10_000_500, '壹拾万零伍元整'],
    [10_100_000, '壹拾万壹仟元整'],
    [42_800_000, '肆拾贰万捌仟元整'],
    [100_000_000, '壹佰万元整'],
    [123_456_789, '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分'],
    [1_001_000_000, '壹仟零壹万元整'],
    [10_001_000_100, '壹亿零壹万零壹元整'],
    [10_000_000_100, '壹亿零壹元整'],
  ];
  expect(vectors.map(([fen]) => yuanInWords(fen))).toEqual(vectors.map(([, words]) => words));
});
