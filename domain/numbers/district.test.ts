import { expect, test } from 'vitest';
import { districtOf, isOtherRegistrar, registrarOf } from './district.ts';

const unit = (district: string) => `${district}001002GB00012F00030045`;

test.each([
  ['220402', '龙山区', false],
  ['220403', '西安区', false],
  ['220421', '东丰县', true],
  ['220422', '东辽县', true],
])('%s is %s; another registrar has it: %s (domain.md §4.4)', (code, name, other) => {
  expect(districtOf(unit(code))?.name).toBe(name);
  expect(isOtherRegistrar(unit(code))).toBe(other);
});

test('the competent registrar is named, where it is known', () => {
  expect(registrarOf(unit('220421'))).toBe('东丰县不动产登记机构');
  expect(registrarOf(unit('220402'))).toContain('辽源市');
  expect(registrarOf(unit('340104'))).toBeNull();
  expect(isOtherRegistrar(unit('340104'))).toBe(true);
});
