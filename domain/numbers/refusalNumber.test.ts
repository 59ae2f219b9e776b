import { expect, test } from 'vitest';
import { formatRefusalNumber } from './refusalNumber.ts';

test('a refusal is numbered by district, day and terminal, and is no 受理编号', () => {
  expect(formatRefusalNumber('220402', '2018-05-23', '07', 3)).toBe('B22040220180523070003');
});

test('what is malformed is refused', () => {
  expect(() => formatRefusalNumber('2204', '2018-05-23', '07', 1)).toThrow(RangeError);
  expect(() => formatRefusalNumber('220402', '2018-05-23', '07', 0)).toThrow(RangeError);
});
