import { expect, test } from 'vitest';
import { parsePostcode } from './postcode.ts';

test.each([
  ['136200', true],
  ['136000', true],
  ['130000', false],
])('%s is a postcode, of Liaoyuan: %s (domain.md §4.9)', (postcode, local) => {
  expect(parsePostcode(` ${postcode} `)).toEqual({ ok: true, postcode, local });
});

test.each([
  ['13620', 'length', '邮政编码应为 6 位'],
  ['1362000', 'length', '邮政编码应为 6 位'],
  ['13620O', 'digits', '邮政编码第 6 位不是数字'],
  ['１３６２００', 'digits', '邮政编码第 1 位不是数字'],
])('%s is refused: %s', (text, problem, message) => {
  expect(parsePostcode(text)).toEqual({ ok: false, problem, message });
});
