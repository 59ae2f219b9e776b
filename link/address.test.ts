import { expect, test } from 'vitest';
import { isLoopback, namesOf, urlOf } from './address.ts';

test.each([
  ['127.0.0.1', true],
  ['127.0.0.2', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.5', false],
  ['::ffff:127.0.0.1', true],
  ['127.0.0.1.evil.invalid', false],
  ['office.hall.invalid', false],
])('only this machine reaches %s: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('names given come first, and only a wildcard brings those of the machine', () => {
  expect(namesOf('10.0.0.5', ['office.hall.invalid'])).toEqual(['office.hall.invalid', '10.0.0.5']);
  expect(namesOf('127.0.0.2', [])).toEqual(['127.0.0.2', 'localhost']);
  expect(namesOf('0.0.0.0', [])).toContain('127.0.0.1');
});

test('an IPv6 address stands in brackets', () => {
  expect(urlOf('https', 'fd00::2', 7480)).toBe('https://[fd00::2]:7480');
  expect(urlOf('http', '10.0.0.5', 7480)).toBe('http://10.0.0.5:7480');
});
