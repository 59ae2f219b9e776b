import { expect, test } from 'vitest';
import { maskBankCard, maskIdNumber, maskName, maskPhone } from './mask.ts';

test('vectors of domain.md §7.3', () => {
  expect(maskIdNumber('220402199003071231')).toBe('220402********1231');
  expect(maskName('张三', 'person')).toBe('张*');
  expect(maskName('欧阳娜娜', 'person')).toBe('欧*');
  expect(maskName('阿依古丽·买买提', 'person')).toBe('阿*');
  expect(maskName('辽源市某某有限公司', 'organisation')).toBe('辽源市某某有限公司');
  expect(maskPhone('13800000001')).toBe('138****0001');
});

test('a number of unusual length shows nothing that would give it away', () => {
  expect(maskIdNumber('E1234567')).toBe('********');
  expect(maskIdNumber('1234567890')).toBe('**********');
  expect(maskIdNumber('ABC123456789012')).toBe('ABC123*****9012');
  expect(maskPhone('0437-1234567')).toBe('************');
  expect(maskIdNumber('')).toBe('');
});

test('a rare character outside the basic plane is one character', () => {
  expect(maskName('𠮷田', 'person')).toBe('𠮷*');
  expect(maskName('', 'person')).toBe('');
});

test('a bank card shows its last four digits', () => {
  expect(maskBankCard('6228480001234567897')).toBe('***************7897');
  expect(maskBankCard('7897')).toBe('****');
});
