import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startHeartbeat } from './heartbeat.ts';
import { LiveHub } from './live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listen(hub: LiveHub) {
  const self = {
    beats: 0,
    beat() {
      self.beats += 1;
    },
  };
  const stream = { beat: self.beat, hint() {}, end() {} };
  hub.subscribe({ device: 'd', scopes: ['catalog'], stream });
  return self;
}

test('each of a thousand lines is kept alive every 15 s, and no more than 200 in one moment', async () => {
  const hub = new LiveHub();
  const lines = Array.from({ length: 1000 }, () => listen(hub));
  const stop = startHeartbeat({ hub, isActive: async () => true, onFailed: () => {} });
  const total = () => lines.reduce((sum, { beats }) => sum + beats, 0);
  // The first round begins after 15 s, when nobody knows yet how many lines there will be.
  await vi.advanceTimersByTimeAsync(15_000);
  expect(total()).toBe(200);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(total()).toBe(1000);
  expect(new Set(lines.map(({ beats }) => beats))).toEqual(new Set([1]));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(new Set(lines.map(({ beats }) => beats))).toEqual(new Set([2]));
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(total()).toBe(2000);
});

test('a question that fails costs one turn', async () => {
  const hub = new LiveHub();
  const line = listen(hub);
  let failed = 0;
  let isBroken = true;
  const isActive = async () => {
    if (isBroken) throw new Error('busy');
    return true;
  };
  const onFailed = () => {
    failed += 1;
  };
  const stop = startHeartbeat({ hub, isActive, onFailed });
  await vi.advanceTimersByTimeAsync(15_000);
  expect([failed, line.beats]).toEqual([1, 0]);
  isBroken = false;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(line.beats).toBe(1);
  stop();
});
