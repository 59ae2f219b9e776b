import { expect, test } from 'vitest';
import { parsePhone } from './phone.ts';

test.each([
  ['13804370001', 'mobile'],
  ['19900000001', 'mobile'],
  ['0437-3212345', 'landline'],
  ['04373212345', 'landline'],
  ['010-12345678', 'landline'],
  ['0431-12345678', 'landline'],
])('%s is a %s number of domain.md §4.9', (phone, kind) => {
  expect(parsePhone(phone)).toEqual({ ok: true, phone, kind });
});

test.each([
  ['12804370001', 'mobile-prefix', '第 2 位'],
  ['1380437000', 'mobile-length', '11 位'],
  ['138043700011', 'mobile-length', '11 位'],
  ['0437-32123456', 'landline', '0437 加 7 位'],
  ['0431-123456', 'landline', '7 或 8 位'],
  ['3212345', 'area-code', '区号'],
  ['0437 3212345', 'digits', '第 5 位'],
  ['1380437OOO1', 'digits', '第 8 位'],
  ['0437--3212345', 'digits', '第 6 位'],
  ['', 'area-code', '区号'],
])('%j is refused: %s', (text, problem, words) => {
  const result = parsePhone(text);
  expect(result).toMatchObject({ ok: false, problem });
  expect(result).toHaveProperty('message', expect.stringContaining(words));
});
