import { describe, expect, test } from 'vitest';
import { formatSerial, parseBlankSerial, splitSerial } from './blankSerial.ts';

describe('serials of domain.md §4.7', () => {
  test.each([
    ['NO. J22000000123', 'J22000000123', 'certificate'],
    ['No.J22000000123', 'J22000000123', 'certificate'],
    ['D22000000001', 'D22000000001', 'certificate'],
    ['d 2200 0000 001', 'D22000000001', 'certificate'],
    ['Z22000000050', 'Z22000000050', 'proof'],
  ])('%s is read as %s, a %s', (text, serial, form) => {
    expect(parseBlankSerial(text)).toMatchObject({ ok: true, serial, form, ...splitSerial(serial) });
  });

  test.each([
    ['D2200000001', '10 digits'],
    ['D220000000012', '12 digits'],
    ['22000000001', 'no letter'],
    ['DD2000000001', 'two letters'],
    ['D2200000000O', 'the letter O for a nought'],
    ['', 'nothing'],
  ])('%s is refused: %s', (text) => {
    expect(parseBlankSerial(text)).toEqual({ ok: false, problem: 'form' });
  });

  test('a letter that no form of the hall bears is refused, and the list is the hall’s own', () => {
    expect(parseBlankSerial('A22000000001')).toEqual({ ok: false, problem: 'letter' });
    expect(parseBlankSerial('A22000000001', { A: 'proof' })).toMatchObject({ ok: true, form: 'proof' });
    expect(parseBlankSerial('D22000000001', { A: 'proof' })).toEqual({ ok: false, problem: 'letter' });
  });

  test('a number keeps its noughts', () => {
    expect(formatSerial('D', 1)).toBe('D00000000001');
    expect(formatSerial('Z', 99_999_999_999)).toBe('Z99999999999');
  });
});
