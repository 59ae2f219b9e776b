import { expect, test } from 'vitest';
import { findLockProblems } from './lockFile.ts';

const lock = (packages: Record<string, object>) => JSON.stringify({ packages });
const wants = (...names: string[]) => ({
  optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
});

test('a package of another system that is not locked is found', () => {
  const text = lock({
    '': wants('node-x64'),
    'node_modules/node-x64': {},
    'node_modules/tool': wants('tool-arm', 'tool-x64'),
    'node_modules/tool-x64': {},
  });
  expect(findLockProblems(text)).toEqual([
    'node_modules/tool wants tool-arm, which is not in package-lock.json: npm ci will fail',
  ]);
});

test('a package may be locked in its own folder or in any folder above', () => {
  const text = lock({
    'node_modules/a/node_modules/@s/b': wants('own', 'beside', 'above'),
    'node_modules/a/node_modules/@s/b/node_modules/own': {},
    'node_modules/a/node_modules/beside': {},
    'node_modules/above': {},
  });
  expect(findLockProblems(text)).toEqual([]);
});

test('the address of one registry is found', () => {
  expect(findLockProblems(lock({ 'node_modules/a': { resolved: 'https://packages.invalid/a.tgz' } }))).toHaveLength(1);
});
