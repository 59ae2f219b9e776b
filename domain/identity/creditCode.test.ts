import { describe, expect, test } from 'vitest';
import { parseCreditCode } from './creditCode.ts';

describe('vectors of domain.md §4.2', () => {
  test.each([
    '91350100M000100Y43',
    '91110000101623741K',
    '911101066976941872',
    '91220400MA0Y2ABC14',
    '112204000134567893',
  ])('%s is valid', (code) => {
    expect(parseCreditCode(code)).toEqual({ ok: true, code });
  });

  test.each([
    ['91350100M000100Y44', 'check-digit', '第 18 位'],
    ['91350100M0O0100Y43', 'alphabet', '第 11 位'],
    ['91350100M000100Y4', 'length', '18 位'],
    ['91350100M000100Y433', 'length', '18 位'],
  ])('%s is refused: %s', (code, problem, words) => {
    const message = expect.stringContaining(words);
    expect(parseCreditCode(code)).toEqual({ ok: false, code, problem, message });
  });
});

test('a remainder of 0 gives the check digit 0 (the bug seen in public code)', () => {
  // The weight of the 17th character is invertible mod 31: exactly one of the 31 makes the remainder 0.
  const codes = Array.from({ length: 31 }, (_, index) => `9122040000000000${'0123456789ABCDEFGHJKLMNPQRTUWXY'[index]}`);
  const withZero = codes.map((first17) => parseCreditCode(`${first17}0`)).filter((result) => result.ok);
  expect(withZero).toHaveLength(1);
});

test('small letters and surrounding spaces are put right', () => {
  expect(parseCreditCode(' 91350100m000100y43 ')).toEqual({ ok: true, code: '91350100M000100Y43' });
});

test('I O S V Z are no letters of the alphabet', () => {
  for (const letter of 'IOSVZ') {
    expect(parseCreditCode(`91350100${letter}000100Y43`)).toMatchObject({ problem: 'alphabet' });
  }
});
