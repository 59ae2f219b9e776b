import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Driver } from '../driver/types.ts';
import type { Transport } from '../transport/types.ts';
import { BackOff } from './backOff.ts';
import { Session } from './session.ts';

const driver: Driver = {
  initialise: async () => {},
  heartbeat: async () => ({ health: 'online', reason: null, message: null }),
  dispose: () => {},
};

function openSession() {
  const losses: string[] = [];
  let end: () => void = () => {};
  const transport: Transport = {
    port: 'test',
    write: async () => {},
    onData: () => {},
    onClose: (listener) => {
      end = () => listener('disconnected');
    },
    close: async () => {},
  };
  const session = new Session(transport, driver, () => losses.push('lost'));
  return { session, losses, unplug: () => end() };
}

const never = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a session', () => {
  it('lets one task at a time through, in order, also after one failed', async () => {
    const { session } = openSession();
    const log: string[] = [];
    const task = (name: string, fails = false) =>
      session.exclusively(async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    await Promise.allSettled([task('a'), task('b', true), task('c')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('lets go who works and who waits when the cable is pulled, and begins nothing more', async () => {
    const { session, losses, unplug } = openSession();
    const working = vi.fn(never);
    const begun = vi.fn(async () => {});
    const outcomes = Promise.allSettled([session.exclusively(working), session.exclusively(begun)]);
    await vi.waitFor(() => expect(working).toHaveBeenCalled());
    unplug();
    unplug();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'device-offline' } });
    }
    await expect(session.exclusively(begun)).rejects.toMatchObject({ code: 'device-offline' });
    expect(begun).not.toHaveBeenCalled();
    expect(losses).toEqual(['lost']);
  });

  it('is given up with a task that hangs', async () => {
    const { session, losses } = openSession();
    const outcome = expect(session.exclusively(never)).rejects.toMatchObject({ name: 'YichuangError' });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(session.lost).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await outcome;
    expect(losses).toEqual(['lost']);
  });
});

describe('the back-off', () => {
  it('doubles from half a second to ten seconds', () => {
    const backOff = new BackOff(() => 0.5);
    expect(Array.from({ length: 7 }, () => backOff.next())).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('varies by a fifth both ways', () => {
    expect(new BackOff(() => 0).next()).toBe(400);
    expect(new BackOff(() => 1).next()).toBe(600);
  });

  it('begins anew after thirty good seconds, not before', () => {
    const backOff = new BackOff(() => 0.5);
    backOff.next();
    backOff.workedFor(29_999);
    expect(backOff.next()).toBe(1000);
    backOff.workedFor(30_000);
    expect(backOff.next()).toBe(500);
  });
});
