import { describe, expect, test, vi } from 'vitest';
import { ERRORS, YichuangError } from '../contract/errors.ts';
import { type MessagePipe, Peer } from './peer.ts';

/** Two ends of a pipe that carries JSON, as a forked process's does. `deliver` hands a message straight to this end. */
function pipePair(): { left: MessagePipe; right: MessagePipe; sent: unknown[]; deliver: (message: unknown) => void } {
  const sent: unknown[] = [];
  const listeners: { left: (message: unknown) => void; right: (message: unknown) => void } = {
    left: () => {},
    right: () => {},
  };
  const end = (own: 'left' | 'right', other: 'left' | 'right'): MessagePipe => ({
    send: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      if (own === 'left') sent.push(copy);
      queueMicrotask(() => listeners[other](copy));
    },
    onMessage: (listener) => {
      listeners[own] = listener;
    },
  });
  return {
    left: end('left', 'right'),
    right: end('right', 'left'),
    sent,
    deliver: (message) => listeners.left(message),
  };
}

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof YichuangError ? error.code : error),
  );

describe('a call', () => {
  test('is answered, also many at once and out of order', async () => {
    const { left, right } = pipePair();
    const waiting: (() => void)[] = [];
    new Peer(right, {
      onCall: (_method, params) => new Promise((resolve) => waiting.push(() => resolve({ got: params }))),
    });
    const peer = new Peer(left);
    const calls = [1, 2, 3].map((number) => peer.call('echo', number, 5000));
    await vi.waitFor(() => expect(waiting).toHaveLength(3));
    for (const answer of waiting.reverse()) answer();
    expect(await Promise.all(calls)).toEqual([{ got: 1 }, { got: 2 }, { got: 3 }]);
  });

  test('without a value is answered with null', async () => {
    const { left, right } = pipePair();
    new Peer(right, { onCall: async () => undefined });
    expect(await new Peer(left).call('nothing', {}, 5000)).toBeNull();
  });

  test('fails with the error of the far side', async () => {
    const { left, right } = pipePair();
    new Peer(right, {
      onCall: async (method) => {
        if (method === 'known') throw new YichuangError('printer-paper-out', { details: { tray: 1 } });
        throw new Error('SELECT 张三');
      },
    });
    const peer = new Peer(left);
    const known = await peer.call('known', {}, 5000).catch((error: unknown) => error);
    expect(known).toBeInstanceOf(YichuangError);
    expect(known).toMatchObject({
      code: 'printer-paper-out',
      message: ERRORS['printer-paper-out'],
      details: { tray: 1 },
    });
    const unknown = await peer.call('unknown', {}, 5000).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'internal', message: ERRORS.internal });
    expect(String(unknown)).not.toContain('张三');
  });

  test('to a handler that throws at once fails too', async () => {
    const { left, right } = pipePair();
    new Peer(right, {
      onCall: () => {
        throw new YichuangError('bad-input');
      },
    });
    expect(await code(new Peer(left).call('x', {}, 5000))).toBe('bad-input');
  });

  test('to nobody is an unknown method', async () => {
    const { left, right } = pipePair();
    new Peer(right);
    expect(await code(new Peer(left).call('x', {}, 5000))).toBe('unknown-method');
  });

  test('has a deadline, and its late answer is dropped', async () => {
    const { left, sent, deliver } = pipePair();
    const peer = new Peer(left);
    expect(await code(peer.call('x', {}, 5))).toBe('deadline');
    const [{ id }] = sent as [{ id: number }];
    deliver({ type: 'answer', id, ok: true, value: 'late' });
    const next = peer.call('y', {}, 5000);
    deliver({ type: 'answer', id, ok: true, value: 'late' });
    deliver({ type: 'answer', id: id + 1, ok: true, value: 'right' });
    expect(await next).toBe('right');
  });

  test('with params that cannot be written fails alone', async () => {
    const { left, right } = pipePair();
    new Peer(right, { onCall: async (_method, params) => params });
    const peer = new Peer(left);
    expect(await code(peer.call('x', { big: 1n }, 5000))).toBe('internal');
    expect(await peer.call('x', 'still there', 5000)).toBe('still there');
  });

  test('with an answer that cannot be written fails alone', async () => {
    const { left, right } = pipePair();
    new Peer(right, { onCall: async (_method, params) => (params === 'big' ? 1n : params) });
    const peer = new Peer(left);
    expect(await code(peer.call('x', 'big', 5000))).toBe('internal');
    expect(await peer.call('x', 'still there', 5000)).toBe('still there');
  });
});

describe('close', () => {
  test('rejects what is pending and all that comes later, with its reason', async () => {
    const { left, deliver, sent } = pipePair();
    const peer = new Peer(left);
    const pending = [peer.call('x', {}, 60_000), peer.call('y', {}, 60_000)].map(code);
    peer.close(new YichuangError('offline'));
    expect(await Promise.all(pending)).toEqual(['offline', 'offline']);
    expect(await code(peer.call('z', {}, 60_000))).toBe('offline');
    peer.emit('event', {});
    deliver({ type: 'answer', id: 1, ok: true, value: 'late' });
    expect(sent).toHaveLength(2);
  });

  test('ends events and calls from the far side', async () => {
    const { left, right } = pipePair();
    const heard: string[] = [];
    const peer = new Peer(left, { onEvent: (event) => heard.push(event) });
    const far = new Peer(right);
    far.emit('first', {});
    await vi.waitFor(() => expect(heard).toEqual(['first']));
    peer.close();
    far.emit('second', {});
    await Promise.resolve();
    expect(heard).toEqual(['first']);
    expect(await code(far.call('x', {}, 5))).toBe('deadline');
  });
});

test('events arrive in order, and rubbish is ignored', () => {
  const { left, deliver } = pipePair();
  const heard: unknown[] = [];
  new Peer(left, { onEvent: (event, payload) => heard.push([event, payload]) });
  for (const rubbish of [null, 7, 'text', [], {}, { type: 'strange' }, { type: 'answer', id: 99, ok: true }]) {
    deliver(rubbish);
  }
  deliver({ type: 'event', event: 'a', payload: 1 });
  deliver({ type: 'event', event: 'b', payload: { c: 2 } });
  expect(heard).toEqual([
    ['a', 1],
    ['b', { c: 2 }],
  ]);
});
