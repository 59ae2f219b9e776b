import { expect, test } from 'vitest';
import { districtOf, isOtherRegistrar } from './district.ts';

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

test('a unit of a district that is not known here is another registrar’s', () => {
  expect(isOtherRegistrar(unit('340104'))).toBe(true);
});
