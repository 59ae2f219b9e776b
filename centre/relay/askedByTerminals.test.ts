import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Line, LineError } from '../../link/line.ts';
import { AskedByTerminals } from './askedByTerminals.ts';
import { UpstreamApi } from './upstream.ts';

const AUTHOR = { device: 'd' };
const KEY = { publicKey: 'k', from: { epoch: 1, seq: 0 } };

let asked: string[];
let isThere: boolean;
let isConnected: boolean;
let exchange: () => Promise<void>;
const stop = new AbortController();

beforeEach(() => {
  vi.useFakeTimers();
  [asked, isThere, isConnected] = [[], true, false];
  exchange = async () => {
    isConnected = true;
  };
});
afterEach(() => void vi.useRealTimers());

function open(): AskedByTerminals {
  const line: Line = {
    ...{ headers: new Map<string, string>(), isGivenUp: false, setToken: () => {} },
    async exchange({ path }) {
      asked.push(path);
      if (!isThere) throw new LineError(new Error('nobody'), true);
      return { ok: true, status: 200, body: { taken: true }, retryAfterMs: null };
    },
    async *hints() {},
  };
  return new AskedByTerminals({
    ...{ api: new UpstreamApi(line), monotonic: () => performance.now(), stop: stop.signal },
    ...{ isConnected: () => isConnected, exchange: () => exchange(), takeDevices: async () => {}, wakeUp: () => {} },
  });
}

test('who asks at the same time shares one question whether the centre is there, and each goes on', async () => {
  const all = open();
  const [first, second, taken] = await Promise.all([
    all.command(AUTHOR, '/office/v1/act', {}),
    all.command(AUTHOR, '/office/v1/outage', {}),
    all.registerKey('d', KEY),
  ]);
  expect([first.kind, second.kind, taken]).toEqual(['answer', 'answer', true]);
  expect(asked.toSorted()).toEqual(['/health', '/office/v1/act', '/office/v1/outage', '/relay/v1/key']);
});

test('where nobody answers nothing else is sent', async () => {
  isThere = false;
  const all = open();
  expect(await all.command(AUTHOR, '/office/v1/act', {})).toEqual({ kind: 'offline' });
  expect(await all.registerKey('d', KEY)).toBe(null);
  expect(asked).toEqual(['/health', '/health']);
});

test.each([
  ['of a line that was away, after four seconds', false, 4_000],
  ['of a line that is there, before a terminal would give up', true, 18_000],
])('a queue that is too long is not waited for: %s', async (_, connected, ms) => {
  isConnected = connected;
  exchange = () => new Promise(() => {});
  const told = vi.fn();
  void open().command(AUTHOR, '/office/v1/act', {}).then(told);
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2);
  expect(told).toHaveBeenCalledExactlyOnceWith({ kind: 'offline' });
  expect(asked).not.toContain('/office/v1/act');
});
