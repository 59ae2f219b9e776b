import { expect, test } from 'vitest';
import { parseArea } from './area.ts';

test.each([
  ['89.50', '89.50'],
  ['89.5', '89.50'],
  [' 89 ', '89.00'],
  ['0.01', '0.01'],
  ['0089.5', '89.50'],
  ['123456.7891', '123456.7891'],
  ['99999999999.9999', '99999999999.9999'],
])('%j is %s square metres (domain.md §4.9)', (text, area) => {
  expect(parseArea(text)).toEqual({ ok: true, area });
});

test.each([
  ['0', 'zero'],
  ['0.00', 'zero'],
  ['-89.50', 'form'],
  ['89,50', 'form'],
  ['89.', 'form'],
  ['.5', 'form'],
  ['1e3', 'form'],
  ['八十九', 'form'],
  ['', 'form'],
  ['89.50000', 'decimals'],
  ['100000000000', 'range'],
])('%j is refused: %s', (text, problem) => {
  expect(parseArea(text)).toMatchObject({ ok: false, problem, message: expect.stringMatching(/^面积/) });
});
