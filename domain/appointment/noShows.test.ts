import { expect, it } from 'vitest';
import { blockedUntil } from './noShows.ts';

it('lets somebody book who missed two appointments, or three over more than 90 days', () => {
  expect(blockedUntil([], '2026-11-27')).toBeNull();
  expect(blockedUntil(['2026-11-01', '2026-11-20'], '2026-11-27')).toBeNull();
  expect(blockedUntil(['2026-08-01', '2026-10-20', '2026-10-30'], '2026-11-01')).toBeNull();
});

it('lets nobody book for 30 days who missed three in 90 days, in whatever order they are named', () => {
  const missed = ['2026-11-20', '2026-09-01', '2026-10-01'];
  expect(blockedUntil(missed, '2026-11-20')).toBe('2026-12-20');
  expect(blockedUntil(missed, '2026-12-20')).toBe('2026-12-20');
  expect(blockedUntil(missed, '2026-12-21')).toBeNull();
});

it('counts each no-show anew: a fourth one soon after the third goes on', () => {
  expect(blockedUntil(['2026-09-01', '2026-10-01', '2026-11-01', '2026-11-25'], '2026-12-20')).toBe('2026-12-25');
});
