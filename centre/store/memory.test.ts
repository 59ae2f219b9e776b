import { expect, it } from 'vitest';
import { Recent } from './memory.ts';

const MANY = 20_000;

it('keeps what was asked for last, and a bounded number of all', () => {
  const recent = new Recent<number>();
  for (let n = 0; n < MANY; n++) recent.set(`${n}`, n);
  expect(recent.get('0')).toBe(0);
  for (let n = MANY; n < 2 * MANY; n++) recent.set(`${n}`, n);
  expect(recent.get('0')).toBe(0);
  expect(recent.get('1')).toBeUndefined();
  expect(recent.get(`${2 * MANY - 1}`)).toBe(2 * MANY - 1);
  recent.set('0', 7);
  expect(recent.get('0')).toBe(7);
  recent.clear();
  expect(recent.get('0')).toBeUndefined();
});
