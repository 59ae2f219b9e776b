import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBankCard, parseCompanyAccount } from './bankCard.ts';

test('the card of domain.md §4.9, also in printed groups', () => {
  expect(parseBankCard('6228480001234567897')).toEqual({ ok: true, number: '6228480001234567897' });
  expect(parseBankCard('6228 4800-0123 4567 897')).toEqual({ ok: true, number: '6228480001234567897' });
});

/** domain.md §4.9 calls this one bad; its Luhn sum is 50, so by the rule it is right. The one below, ending in 8, is bad. */
test('a card whose Luhn sum ends in 0 is right', () => {
  expect(parseBankCard('6217000800012345671')).toMatchObject({ ok: true });
});

test.each([
  ['6217000800012345678', 'check-digit', '第 19 位'],
  ['622848000123456', 'length', '16 至 19 位'],
  ['62284800012345678970', 'length', '16 至 19 位'],
  ['62284800O1234567897', 'digits', '第 9 位'],
  ['６２２８４８０００１２３４５６７', 'digits', '第 1 位'],
  ['', 'length', '16 至 19 位'],
])('%j is refused: %s', (text, problem, words) => {
  const result = parseBankCard(text);
  expect(result).toMatchObject({ ok: false, problem });
  expect(result).toHaveProperty('message', expect.stringContaining(words));
});

test('one wrong digit is always found', () => {
  const digit = fc.record({ at: fc.integer({ min: 0, max: 18 }), by: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(digit, ({ at, by }) => {
      const card = '6228480001234567897';
      const wrong = card.slice(0, at) + String((Number(card[at]) + by) % 10) + card.slice(at + 1);
      expect(parseBankCard(wrong)).toMatchObject({ ok: false, problem: 'check-digit' });
    }),
  );
});

test('a company account has 8 to 32 digits and no check', () => {
  for (const number of ['12345678', '6217000800012345671', '1'.repeat(32)]) {
    expect(parseCompanyAccount(number)).toEqual({ ok: true, number });
  }
  for (const number of ['1234567', '1'.repeat(33)]) {
    expect(parseCompanyAccount(number)).toMatchObject({ ok: false, problem: 'length' });
  }
  expect(parseCompanyAccount('1234567X')).toMatchObject({ problem: 'digits', message: '单位账号第 8 位不是数字' });
});
