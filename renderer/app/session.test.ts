import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RpcClient } from '../rpc/client.ts';
import { createSession, type SessionStore } from './session.ts';

const STAFF = { number: '2001', name: '赵丽', roles: ['TAX'] };

let calls: string[];
let signedIn: boolean;
let tell: (payload: { code: string }) => void;
let session: SessionStore;

beforeEach(async () => {
  vi.useFakeTimers();
  calls = [];
  signedIn = false;
  const client = {
    call: async (method: string) => {
      calls.push(method);
      if (method === 'session.login') signedIn = true;
      if (method === 'session.login') return STAFF;
      return method === 'session.hello' ? { id: 'C01', staff: signedIn ? STAFF : null } : {};
    },
    on: (event: string, listener: typeof tell) => {
      if (event === 'session.ended') tell = listener;
      return () => undefined;
    },
  };
  session = createSession(client as unknown as RpcClient);
  await session.getState().refresh();
  await session.getState().login('2001', 'x');
});
afterEach(() => {
  vi.useRealTimers();
});

test('locking covers the page at once, and ends the session when the draft had time to be kept', () => {
  session.getState().lock();
  expect(session.getState().locked).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(calls).not.toContain('session.lock');
  vi.advanceTimersByTime(1000);
  expect(calls).toContain('session.lock');
});

test('who comes back at once keeps the session', async () => {
  session.getState().lock();
  await session.getState().unlock('x');
  vi.advanceTimersByTime(10_000);
  expect(calls).not.toContain('session.lock');
});

test('a locked page stays locked over a new greeting, which knows no session any more', async () => {
  session.getState().lock();
  signedIn = false;
  await session.getState().refresh();
  expect(session.getState()).toMatchObject({ locked: true, info: { staff: STAFF } });
});

test('the service locks the page, and says when the account is used elsewhere or too much time went by', () => {
  tell({ code: 'session-locked' });
  expect(session.getState()).toMatchObject({ locked: true, info: { staff: STAFF } });
  tell({ code: 'session-expired' });
  expect(session.getState()).toMatchObject({
    locked: false,
    info: { staff: null },
    failure: { code: 'session-expired' },
  });
});

test('signs of a clerk are told while somebody is signed in and there', () => {
  calls.length = 0;
  session.getState().noteSign();
  session.getState().lock();
  session.getState().noteSign();
  expect(calls).toEqual(['session.ping']);
});
