import { expect, test } from 'vitest';
import { floorOf } from './address.ts';

test('the address names the floor', () => {
  expect(floorOf('?floor=2')).toBe(2);
  expect(floorOf('?x=1&floor=9')).toBe(9);
});

test.each(['', '?floor=', '?floor=0', '?floor=12', '?floor=2a', '?floor=-1', '?floor=1e0'])(
  '%j names none',
  (search) => {
    expect(floorOf(search)).toBeNull();
  },
);
