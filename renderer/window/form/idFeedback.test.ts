import { expect, test } from 'vitest';
import { groupUnitNumber, idFeedback, unitFeedback } from './idFeedback.ts';

test.each([
  ['resident', '', { kind: 'none' }],
  ['resident', '2204', { kind: 'typing', length: 4, of: 18 }],
  ['resident', '220402199003071231', { kind: 'good', birth: '1990-03-07', sex: 'male' }],
  ['resident', '11010519491231002x', { kind: 'good', birth: '1949-12-31', sex: 'female' }],
  ['resident', '220402199003071230', { kind: 'bad', problem: 'check-digit', warning: false }],
  ['resident', '220422190002290011', { kind: 'bad', problem: 'birth-date', warning: false }],
  ['resident', '2204a', { kind: 'bad', problem: 'alphabet', warning: false }],
  ['resident', '2204021990030712311', { kind: 'bad', problem: 'length', warning: false }],
  ['credit-code', '91350100M000100Y43', { kind: 'good' }],
  ['credit-code', '91350100M000100Y44', { kind: 'bad', problem: 'check-digit', warning: true }],
  ['credit-code', '91350100M0O', { kind: 'bad', problem: 'alphabet', warning: false }],
  ['permanent-residence', 'XXA0000', { kind: 'typing', length: 7, of: 15 }],
  ['permanent-residence', 'XXA000000000001', { kind: 'good' }],
  ['other', 'anything', { kind: 'none' }],
] as const)('%s %s', (kind, typed, expected) => {
  expect(idFeedback(kind, typed)).toMatchObject(expected);
});

test('a unit number is grouped as printed and judged when complete', () => {
  expect(groupUnitNumber('220402001002gb00012f00030045')).toBe('220402 001002 GB00012 F00030045');
  expect(groupUnitNumber('2204020')).toBe('220402 0');
  expect(unitFeedback('220402 001002 GB')).toEqual({ kind: 'typing', length: 14, of: 28 });
  expect(unitFeedback('220402 001002 GB00012 F00030045')).toEqual({ kind: 'good' });
  expect(unitFeedback('220402001002XB00012F00030045')).toEqual({ kind: 'bad', problem: 'form', warning: false });
});
