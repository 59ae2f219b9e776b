import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UploadLocks } from './uploadLocks.ts';

const never = () => new AbortController().signal;

let locks: UploadLocks;
const asked: string[] = [];
const had: string[] = [];
beforeEach(() => {
  locks = new UploadLocks();
  asked.length = 0;
  had.length = 0;
});
afterEach(() => vi.useRealTimers());

function want(id: string, who: string, signal = never()): Promise<string> {
  const lock = locks.newLock(id).lock(signal, () => {
    asked.push(who);
  });
  return lock.then(
    () => {
      had.push(who);
      return 'had';
    },
    () => 'given up',
  );
}

test('of one upload they take turns in the order they came, and each one before is asked to leave', async () => {
  await want('a', 'first');
  const [second, third] = [want('a', 'second'), want('a', 'third')];
  await want('b', 'another upload');
  expect(had).toEqual(['first', 'another upload']);
  expect(asked).toEqual(['first', 'first']);
  await locks.newLock('a').unlock();
  await second;
  // Somebody still waits behind it.
  expect(asked).toEqual(['first', 'first', 'second']);
  await locks.newLock('a').unlock();
  await third;
  expect(had).toEqual(['first', 'another upload', 'second', 'third']);
  await locks.newLock('a').unlock();
  expect(await want('a', 'fourth')).toBe('had');
});

test('whoever hangs up while it waits is left out', async () => {
  await want('a', 'first');
  const gone = new AbortController();
  const [second, third] = [want('a', 'second', gone.signal), want('a', 'third')];
  gone.abort();
  expect(await second).toBe('given up');
  await locks.newLock('a').unlock();
  expect(await third).toBe('had');
});

test('nobody waits longer than half a minute', async () => {
  vi.useFakeTimers();
  await want('a', 'first');
  const second = want('a', 'second');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await second).toBe('given up');
});
