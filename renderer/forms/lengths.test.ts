import { expect, test } from 'vitest';
import { millimetres, parseMillimetres, shift } from './lengths.ts';

test.each([
  ['20.1', 201],
  [' 160 ', 1600],
  ['0.05', 0.5],
  ['20．5', 205],
  ['600', 6000],
  ['600.1', null],
  ['', null],
  ['-3', null],
  ['20,1', null],
  ['1e2', null],
  ['20.123', null],
])('%j millimetres are %s tenths', (text, tenths) => {
  expect(parseMillimetres(text)).toBe(tenths);
});

test('a length is written in millimetres, a shift with its sign', () => {
  expect([millimetres(201), millimetres(2345)]).toEqual(['20.1', '234.5']);
  expect([shift(3), shift(-15.5), shift(0)]).toEqual(['+0.30', '-1.55', '0.00']);
});
