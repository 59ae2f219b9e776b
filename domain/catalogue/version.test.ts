import { expect, test } from 'vitest';
import { compareVersions, inForce } from './version.ts';

test('versions are compared by number and not by letter', () => {
  expect(['2026.10', '2027.1', '2026.2', '2026.9'].sort(compareVersions)).toEqual([
    '2026.2',
    '2026.9',
    '2026.10',
    '2027.1',
  ]);
  expect(compareVersions('2026.3', '2026.3')).toBe(0);
});

test('in force is what began last; one published ahead waits for its day', () => {
  const published = [
    { version: '2026.4', validFrom: '2026-07-01' },
    { version: '2026.10', validFrom: '2026-07-01' },
    { version: '2026.9', validFrom: '2027-01-01' },
  ];
  expect(inForce(published, '2026-06-30')).toBeNull();
  expect(inForce(published, '2026-07-01')?.version).toBe('2026.10');
  expect(inForce(published, '2026-12-31')?.version).toBe('2026.10');
  expect(inForce(published, '2027-01-01')?.version).toBe('2026.9');
});
