import { expect, test } from 'vitest';
import { isPhoneNumber } from './phone.ts';

test.each(['13804370001', '19900000001', '0437-3212345', '04373212345', '010-12345678', '0431-12345678'])(
  '%s is a number of domain.md §4.9',
  (text) => {
    expect(isPhoneNumber(text)).toBe(true);
  },
);

test.each([
  ['12804370001', 'no mobile begins so'],
  ['1380437000', 'ten digits'],
  ['0437-32123456', 'Liaoyuan has seven digits'],
  ['3212345', 'no area code'],
  ['0437 3212345', 'a space'],
  ['', 'nothing'],
])('%j is refused: %s', (text) => {
  expect(isPhoneNumber(text)).toBe(false);
});
