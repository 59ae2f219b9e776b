import { describe, expect, it } from 'vitest';
import { Sessions } from './sessions.ts';

const DEVICE = 'a';

describe('numbers of a session', () => {
  it('each is used once, in whatever order they arrive', () => {
    const sessions = new Sessions();
    const id = sessions.open(DEVICE);
    const arriving = [1, 2, 5, 3, 1024, 4, 7, 6];
    expect(arriving.map((n) => sessions.use(DEVICE, id, n))).toEqual(arriving.map(() => true));
    expect(arriving.map((n) => sessions.use(DEVICE, id, n))).toEqual(arriving.map(() => false));
    expect(sessions.use(DEVICE, id, 8)).toBe(true);
  });

  it('one that is too far behind is refused, used or not', () => {
    const sessions = new Sessions();
    const id = sessions.open(DEVICE);
    for (const n of [1, 3, 3000]) expect(sessions.use(DEVICE, id, n)).toBe(true);
    expect(sessions.use(DEVICE, id, 2)).toBe(false);
    expect(sessions.use(DEVICE, id, 3000 - 1024)).toBe(false);
    expect(sessions.use(DEVICE, id, 3000 - 1023)).toBe(true);
    expect(sessions.use(DEVICE, id, 3)).toBe(false);
  });

  it('agrees with a plain list of what was used, for any order of arrivals', () => {
    const sessions = new Sessions();
    const id = sessions.open(DEVICE);
    const used = new Set<number>();
    let highest = 0;
    let state = 7;
    for (let step = 0; step < 20_000; step += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const n = Math.max(1, highest - 1100 + (state % 1200));
      const expected = n > highest - 1024 && !used.has(n);
      expect(sessions.use(DEVICE, id, n)).toBe(expected);
      if (expected) used.add(n);
      highest = Math.max(highest, ...(expected ? [n] : []));
    }
    expect(highest).toBeGreaterThan(5_000);
  });

  it('nought, and numbers of nobody, are refused', () => {
    const sessions = new Sessions();
    const id = sessions.open(DEVICE);
    expect(sessions.use(DEVICE, id, 0)).toBe(false);
    expect(sessions.use('b', id, 1)).toBe(false);
    expect(sessions.use(DEVICE, 'unknown', 1)).toBe(false);
  });

  it('a device has four at most: the oldest ends, those of others stay', () => {
    const sessions = new Sessions();
    const other = sessions.open('b');
    const ids = Array.from({ length: 5 }, () => sessions.open(DEVICE));
    expect(ids.map((id) => sessions.use(DEVICE, id, 1))).toEqual([false, true, true, true, true]);
    expect(sessions.use('b', other, 1)).toBe(true);
  });
});
