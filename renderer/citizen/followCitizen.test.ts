import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import type { CitizenState } from '../../contract/rpc/rating.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';
import { Listeners } from '../rpc/listeners.ts';
import { followCitizen } from './followCitizen.ts';

const RATING = { id: '0198a000-0000-7000-8000-0000000000e1', number: 'A015', remainingMs: 60_000, link: null };
const state = (more: Partial<CitizenState> = {}): CitizenState => ({
  window: 7,
  state: 'open',
  current: null,
  rating: null,
  ...more,
});

let listeners: Listeners;
/** Null: the line is dead, and nothing ever comes back. */
let answer: (() => Promise<CitizenState>) | null;
let submit: () => Promise<void>;
let submitted: unknown[];
let following: ReturnType<typeof followCitizen>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] });
  listeners = new Listeners();
  submitted = [];
  answer = async () => state();
  submit = async () => {};
  const client: RpcClient = {
    async call<M extends MethodName>(method: M, input: MethodInput<M>) {
      if (method === 'rating.submit') {
        submitted.push(input);
        await submit();
        return {} as MethodOutput<M>;
      }
      return (await (answer ? answer() : new Promise(() => {}))) as MethodOutput<M>;
    },
    on: (event, listener) => listeners.on(event, listener),
    state: () => listeners.state(),
    onState: (listener) => listeners.onState(listener),
  };
  following = followCitizen({ client, monotonic: () => performance.now() });
  listeners.setState('up');
});
afterEach(() => {
  following.stop();
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const now = () => following.store.getState();
async function offer(rating = RATING): Promise<void> {
  answer = async () => state({ rating });
  listeners.emit('queue.changed', {});
  await pass(0);
}

test('it counts down what the service said is left, and asks no longer than that', async () => {
  await offer({ ...RATING, remainingMs: 2_000 });
  expect(now()).toMatchObject({ remainingMs: 2_000, view: { rating: { number: 'A015' } } });
  await pass(1_000);
  expect(now().remainingMs).toBe(1_000);
  await pass(1_000);
  expect(now()).toMatchObject({ remainingMs: 0, view: { rating: null }, isThanking: false });
});

test('one press is one grade, however often it is pressed, and only then there are thanks', async () => {
  await offer();
  const done = Promise.withResolvers<void>();
  submit = () => done.promise;
  void following.rate(2);
  void following.rate(5);
  await pass(0);
  expect(submitted).toEqual([{ id: RATING.id, way: 'screen', grade: 2 }]);
  expect(now()).toMatchObject({ answering: 'sending', isThanking: false });
  answer = async () => state();
  done.resolve();
  await pass(0);
  expect(now()).toMatchObject({ answering: 'idle', isThanking: true, view: { rating: null } });
  await pass(6_250);
  expect(now().isThanking).toBe(false);
});

test('an answer that was on its way does not ask again about what was answered', async () => {
  await offer();
  const late = Promise.withResolvers<CitizenState>();
  answer = () => late.promise;
  listeners.emit('rating.asked', { ...RATING, ticketId: RATING.id, until: new Date().toISOString() });
  await following.rate(4);
  late.resolve(state({ rating: RATING }));
  await pass(0);
  expect(now()).toMatchObject({ isThanking: true, view: { rating: null } });
});

test('what was not kept is said and can be pressed again; what came too late is neither kept nor thanked for', async () => {
  await offer();
  submit = () => Promise.reject(new YichuangError('service-restarting'));
  await following.rate(1);
  expect(now()).toMatchObject({ answering: 'failed', view: { rating: { id: RATING.id } } });
  submit = () => Promise.reject(new YichuangError('rating-over'));
  await following.rate(1);
  expect(submitted).toHaveLength(2);
  expect(now()).toMatchObject({ answering: 'idle', isThanking: false, view: { rating: null } });
});

test('whoever comes next is not thanked for the one before', async () => {
  await offer();
  await following.rate(5);
  expect(now().isThanking).toBe(true);
  answer = async () => state({ current: { number: 'A016', purpose: 'intake', isHere: true } });
  listeners.emit('queue.changed', {});
  await pass(0);
  expect(now()).toMatchObject({ isThanking: false, view: { current: { number: 'A016' } } });
});

test('after five seconds without an answer nothing old is shown, and the next answer is enough', async () => {
  await offer();
  answer = null;
  await pass(3_000);
  expect(now().isLost).toBe(false);
  await pass(5_000);
  expect(now().isLost).toBe(true);
});

test('a lost event costs three seconds', async () => {
  await pass(0);
  answer = async () => state({ state: 'paused' });
  await pass(3_000);
  expect(now().view?.state).toBe('paused');
});
