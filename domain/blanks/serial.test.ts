import { expect, test } from 'vitest';
import { BLANK_LETTERS } from '../numbers/blankSerial.ts';
import { FORM_OF_LETTER, formatSerial, splitSerial } from './serial.ts';

test('a number keeps its noughts', () => {
  expect(formatSerial('D', 1)).toBe('D00000000001');
  expect(formatSerial('Z', 99_999_999_999)).toBe('Z99999999999');
  expect(splitSerial('J22000000123')).toEqual({ prefix: 'J', number: 22_000_000_123 });
});

test('every letter a clerk may type belongs to a form', () => {
  expect(Object.keys(FORM_OF_LETTER).sort()).toEqual([...BLANK_LETTERS].sort());
});
