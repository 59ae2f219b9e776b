import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStuck, lookAtProgress, type Progress, STUCK_AFTER_MS } from './progress.ts';

const STEP = 5_000;

/** Looks every five seconds at what each look finds. */
function watch(looks: readonly { waiting: number; reached: string; isHeard: boolean; step?: number }[]): boolean[] {
  let progress: Progress | null = null;
  let at = 0;
  return looks.map(({ isHeard, step = STEP, ...mark }) => {
    at += step;
    progress = lookAtProgress(progress, mark, isHeard, at);
    return isStuck(progress);
  });
}
const still = (count: number) => Array.from({ length: count }, () => ({ waiting: 2, reached: '1:7', isHeard: true }));

test('a queue that stands still for a minute although the other side answers is stuck, and not before', () => {
  const looks = watch(still(14));
  expect(looks.indexOf(true)).toBe(STUCK_AFTER_MS / STEP);
  expect(looks.slice(12)).toEqual([true, true]);
});

test('one record taken, an empty queue or a cut line begins the minute anew', () => {
  for (const between of [
    { waiting: 1, reached: '1:8', isHeard: true },
    { waiting: 0, reached: '1:7', isHeard: true },
    { waiting: 2, reached: '1:7', isHeard: false },
  ]) {
    expect(watch([...still(10), between, ...still(12)])).not.toContain(true);
    expect(watch([...still(13), between])).toEqual([...Array(12).fill(false), true, false]);
  }
});

test('a machine that slept for an hour has not waited for an hour', () => {
  const asleep = still(1).map((look) => ({ ...look, step: 3_600_000 }));
  expect(watch([...still(1), ...asleep, ...still(11)])).not.toContain(true);
});

test('whatever happens, a queue that moved within the last minute is not stuck', () => {
  const look = fc.record({ waiting: fc.nat(3), reached: fc.constantFrom('1:1', '1:2'), isHeard: fc.boolean() });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
      const stuck = watch(looks);
      for (const [index, is] of stuck.entries()) {
        const window = looks.slice(Math.max(0, index - STUCK_AFTER_MS / STEP), index + 1);
        const stoodStill =
          window.length > STUCK_AFTER_MS / STEP &&
          window.every((each) => each.waiting > 0 && each.isHeard && each.reached === window[0]?.reached);
        expect(is).toBe(stoodStill);
      }
    }),
  );
});
