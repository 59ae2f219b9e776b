import { expect, test } from 'vitest';
import { parseBlankSerial } from './blankSerial.ts';

test.each(['J22000000123', 'D22000000001', 'Z22999999999'])('%s is a serial of domain.md §4.7', (serial) => {
  expect(parseBlankSerial(serial)).toEqual({
    ok: true,
    serial,
    letter: serial.charAt(0),
    province: '22',
    running: Number(serial.slice(3)),
  });
});

test('it is read as it stands on the paper', () => {
  for (const text of ['NO. J22000000123', 'No.j22000000123', ' J 22000000123 ']) {
    expect(parseBlankSerial(text)).toMatchObject({ ok: true, serial: 'J22000000123' });
  }
});

test.each([
  ['J2200000012', 'length', '11 位数字'],
  ['J220000001234', 'length', '11 位数字'],
  ['X22000000123', 'letter', '第 1 位应为字母 J、D、Z 之一'],
  ['122000000123', 'letter', '第 1 位'],
  ['J220000O0123', 'digits', '第 8 位'],
  ['', 'length', '11 位数字'],
])('%j is refused: %s', (text, problem, words) => {
  const result = parseBlankSerial(text);
  expect(result).toMatchObject({ ok: false, problem });
  expect(result).toHaveProperty('message', expect.stringContaining(words));
});

test('which letters there are can be set', () => {
  expect(parseBlankSerial('X22000000123', 'XJ')).toMatchObject({ ok: true, letter: 'X' });
  expect(parseBlankSerial('D22000000123', 'XJ')).toMatchObject({ problem: 'letter' });
});
