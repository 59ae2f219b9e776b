import { expect, it } from 'vitest';
import { mergeKeys } from './keyHistory.ts';

const keys = (names: string) => [...names].map((publicKey) => ({ publicKey }));
/** Letters are keys, the one in force last. */
const merge = (known: string, listed: string, source: Parameters<typeof mergeKeys>[2]) =>
  mergeKeys(keys(known), keys(listed), source)
    ?.map(({ publicKey }) => publicKey)
    .join('') ?? known;

it('whoever enrols says which key is in force, and none that was known is forgotten', () => {
  expect(merge('', 'AB', 'whoever-enrols')).toBe('AB');
  expect(merge('A', 'B', 'whoever-enrols')).toBe('AB');
  expect(merge('B', 'AB', 'whoever-enrols')).toBe('AB');
  expect(merge('AB', 'B', 'whoever-enrols')).toBe('AB');
  // An earlier program had put it back.
  expect(merge('BA', 'AB', 'whoever-enrols')).toBe('AB');
  expect(merge('AB', '', 'whoever-enrols')).toBe('AB');
});

it('the other hub brings a newer key and earlier ones, and puts none back in force', () => {
  expect(merge('', 'AB', 'other-hub')).toBe('AB');
  expect(merge('A', 'AB', 'other-hub')).toBe('AB');
  expect(merge('B', 'A', 'other-hub')).toBe('AB');
  expect(merge('AB', 'A', 'other-hub')).toBe('AB');
  expect(merge('BC', 'AB', 'other-hub')).toBe('ABC');
  expect(merge('C', 'AB', 'other-hub')).toBe('ABC');
});

it('what stands already is not written again', () => {
  expect(mergeKeys(keys('AB'), keys('AB'), 'whoever-enrols')).toBeNull();
  expect(mergeKeys(keys('AB'), keys('A'), 'other-hub')).toBeNull();
  expect(mergeKeys(keys('AB'), [], 'whoever-enrols')).toBeNull();
});
