import { expect, test } from 'vitest';
import { formatRefusalNumber, parseRefusalNumber } from './refusalNumber.ts';

test('a refusal is numbered by district, day and terminal, and is no 受理编号', () => {
  const number = formatRefusalNumber('220402', '2018-05-23', '07', 3);
  expect(number).toBe('B22040220180523070003');
  expect(parseRefusalNumber(number)).toEqual({ district: '220402', day: '2018-05-23', terminal: '07', sequence: 3 });
});

test('what is malformed is refused', () => {
  expect(() => formatRefusalNumber('2204', '2018-05-23', '07', 1)).toThrow(RangeError);
  expect(() => formatRefusalNumber('220402', '2018-05-23', '07', 0)).toThrow(RangeError);
  for (const text of ['20180523070003', 'B22040220181323070003', 'B2204022018052307000', '']) {
    expect(parseRefusalNumber(text)).toBeNull();
  }
});
