import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ScreenState } from '../../contract/rpc/screen.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';
import { Listeners } from '../rpc/listeners.ts';
import { followScreen } from './followScreen.ts';

const SERVER = Date.parse('2026-11-27T02:00:00.000Z');

const state = (more: Partial<ScreenState> = {}): ScreenState => ({
  floor: 2,
  serverTime: new Date(SERVER + performance.now()).toISOString(),
  hub: 'heard',
  staleSince: null,
  now: [],
  pickup: [],
  ready: [],
  waiting: [],
  passed: [],
  paused: [],
  queues: ['B'],
  stopped: [],
  isClosed: false,
  ...more,
});

let listeners: Listeners;
let asked: string[];
/** Null: the line is dead, and nothing ever comes back. */
let answer: (() => Promise<ScreenState>) | null;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] });
  // A TV whose clock was never set.
  vi.setSystemTime(0);
  listeners = new Listeners();
  asked = [];
  answer = async () => state();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function follow() {
  const client: RpcClient = {
    async call<M extends MethodName>(method: M, _input: MethodInput<M>) {
      asked.push(method);
      if (method === 'events.subscribe') return {} as MethodOutput<M>;
      return (await (answer ? answer() : new Promise(() => {}))) as MethodOutput<M>;
    },
    on: (event, listener) => listeners.on(event, listener),
    state: () => listeners.state(),
    onState: (listener) => listeners.onState(listener),
  };
  const following = followScreen({ client, floor: 2, subscribes: true, monotonic: () => performance.now() });
  stop = following.stop;
  return following.store;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('it subscribes and asks when the line is up, and again on every event', async () => {
  follow();
  expect(asked).toEqual([]);
  listeners.setState('up');
  await pass(0);
  expect(asked).toEqual(['events.subscribe', 'screen.state']);
  listeners.emit('queue.changed', {});
  await pass(0);
  expect(asked).toHaveLength(3);
});

test('events that come while an answer is under way are one question more', async () => {
  const answers: (() => void)[] = [];
  answer = () => new Promise((resolve) => answers.push(() => resolve(state())));
  follow();
  listeners.setState('up');
  await pass(0);
  for (let i = 0; i < 5; i++) listeners.emit('queue.changed', {});
  answers.shift()?.();
  await pass(0);
  answers.shift()?.();
  await pass(0);
  expect(asked.filter((each) => each === 'screen.state')).toHaveLength(2);
});

test('the time is that of the server, whatever the clock of the TV says', async () => {
  const store = follow();
  listeners.setState('up');
  await pass(1_000);
  const before = store.getState().now;
  vi.setSystemTime(Date.parse('2050-01-01'));
  await pass(30_000);
  expect(Math.abs(store.getState().now - before - 30_000)).toBeLessThan(1_000);
  expect(new Date(store.getState().now).toISOString()).toMatch(/^2026-11-27T02:00:3/);
});

test('without an event it asks slowly; a question that is refused is asked again', async () => {
  follow();
  listeners.setState('up');
  answer = async () => {
    throw new Error('service-restarting');
  };
  await pass(3_000);
  answer = async () => state({ now: [] });
  await pass(3_000);
  expect(asked.filter((each) => each === 'screen.state')).toHaveLength(3);
});

test('five seconds without an answer are told with the time of the last one, and the numbers stay', async () => {
  const store = follow();
  listeners.setState('up');
  await pass(0);
  const answeredAt = store.getState().view?.serverTime ?? '';
  answer = null;
  await pass(4_500);
  expect(store.getState().lostSince).toBeNull();
  await pass(1_000);
  expect(store.getState().lostSince).toBe(answeredAt);
  expect(store.getState().view).not.toBeNull();
});

test('after a gap the first answer ends the warning', async () => {
  const store = follow();
  listeners.setState('up');
  await pass(0);
  answer = async () => {
    throw new Error('service-restarting');
  };
  listeners.setState('restarting');
  await pass(20_000);
  expect(store.getState().lostSince).not.toBeNull();
  answer = async () => state();
  listeners.setState('up');
  await pass(0);
  expect(store.getState().lostSince).toBeNull();
});

test('what never answered says so after five seconds', async () => {
  answer = null;
  const store = follow();
  await pass(4_500);
  expect(store.getState().isUnreachable).toBe(false);
  await pass(1_000);
  expect(store.getState()).toMatchObject({ view: null, isUnreachable: true });
});
