import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePruned } from './rotation.ts';

const HOUR = 3_600_000;
const newestAt = Date.parse('2026-11-27T09:30:00.000Z');
const hoursAgo = (hours: number) => ({ at: new Date(newestAt - hours * HOUR).toISOString() });

test('of the last day every hour stays, of the week before the last of each day', () => {
  const backups = Array.from({ length: 24 * 10 }, (_, hours) => hoursAgo(hours));
  const pruned = new Set(choosePruned(backups));
  const kept = backups.filter((each) => !pruned.has(each)).map(({ at }) => at);
  expect(kept.slice(0, 24)).toEqual(backups.slice(0, 24).map(({ at }) => at));
  expect(kept.slice(24).map((at) => at.slice(0, 13))).toEqual([
    '2026-11-26T09',
    '2026-11-25T23',
    '2026-11-24T23',
    '2026-11-23T23',
    '2026-11-22T23',
    '2026-11-21T23',
    '2026-11-20T23',
  ]);
});

test('the newest is never removed, and nothing older than a week stays, whatever the gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 }), (ages) => {
      const youngest = Math.min(...ages);
      const backups = ages.sort((a, b) => a - b).map(hoursAgo);
      const pruned = new Set(choosePruned(backups));
      const kept = backups.filter((each) => !pruned.has(each));
      expect(kept[0]).toBe(backups[0]);
      const oldest = Date.parse(kept.at(-1)?.at ?? '');
      expect(newestAt - youngest * HOUR - oldest).toBeLessThan(7 * 24 * HOUR + 1000);
    }),
  );
});
