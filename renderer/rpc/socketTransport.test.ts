import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { reconnectDelay } from './backoff.ts';
import { tokenFromHash } from './connect.ts';
import { createSocketClient } from './socketTransport.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = (method: string, params: Record<string, unknown>) => object | null;

async function serve(answer: Answer): Promise<{ url: string; sockets: ServerSocket[]; seen: string[] }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const sockets: ServerSocket[] = [];
  const seen: string[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { id: number; method: string; params: Record<string, unknown> };
      seen.push(`${frame.method} ${JSON.stringify(frame.params)}`);
      const body = answer(frame.method, frame.params);
      if (body) socket.send(JSON.stringify({ jsonrpc: '2.0', id: frame.id, ...body }));
    });
  });
  closers.push(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/rpc`, sockets, seen };
}

function connect(url: string) {
  const client = createSocketClient({ url, token: 't-1', random: () => 0 });
  closers.push(() => client.close());
  return client;
}

test('a connection says hello with the token first, and hands that answer to the page', async () => {
  const server = await serve(() => ({ result: { id: 'W07' } }));
  const client = connect(server.url);
  await vi.waitUntil(() => client.state() === 'up');
  const info = await client.call('session.hello', {});
  expect(info.id).toBe('W07');
  expect(server.seen).toEqual(['session.hello {"token":"t-1"}']);
});

test('an error carries code, sentence and details', async () => {
  const server = await serve((method) =>
    method === 'session.hello'
      ? { result: {} }
      : { error: { code: -32000, message: '办件不存在', data: { code: 'case-not-found', details: { id: 'x' } } } },
  );
  const client = connect(server.url);
  await vi.waitUntil(() => client.state() === 'up');
  await expect(client.call('case.get', { id: 'x' })).rejects.toMatchObject({
    code: 'case-not-found',
    message: '办件不存在',
    details: { id: 'x' },
  });
});

test('events reach their listeners until they unsubscribe', async () => {
  const server = await serve(() => ({ result: {} }));
  const client = connect(server.url);
  await vi.waitUntil(() => client.state() === 'up');
  const got: string[][] = [];
  const stop = client.on('cases.changed', ({ ids }) => got.push(ids));
  const send = (id: string): void =>
    server.sockets[0]?.send(
      JSON.stringify({ jsonrpc: '2.0', method: 'event', params: { event: 'cases.changed', payload: { ids: [id] } } }),
    );
  send('a');
  await vi.waitUntil(() => got.length === 1);
  stop();
  send('b');
  await client.call('sync.status', {});
  expect(got).toEqual([['a']]);
});

test('a lost connection fails what was under way, and comes back with a new hello', async () => {
  const server = await serve((method) => (method === 'session.hello' ? { result: {} } : null));
  const client = connect(server.url);
  await vi.waitUntil(() => client.state() === 'up');
  const states: string[] = [];
  client.onState((state) => states.push(state));
  const underWay = expect(client.call('case.get', { id: 'x' })).rejects.toMatchObject({ code: 'service-restarting' });
  await vi.waitUntil(() => server.seen.length === 2);
  server.sockets[0]?.terminate();
  await underWay;
  await vi.waitUntil(() => client.state() === 'up');
  expect(states).toEqual(['restarting', 'up']);
  expect(server.seen.filter((line) => line.startsWith('session.hello'))).toHaveLength(2);
});

test('a line that answers nothing is given up and made anew', async () => {
  let isDeaf = true;
  const server = await serve((method) => (method === 'session.hello' || !isDeaf ? { result: {} } : null));
  const client = createSocketClient({ url: server.url, token: null, random: () => 0, deadAfterMs: 100 });
  closers.push(() => client.close());
  await vi.waitUntil(() => client.state() === 'up');
  await expect(client.call('sync.status', {})).rejects.toMatchObject({ code: 'deadline' });
  isDeaf = false;
  await vi.waitUntil(() => server.sockets.length === 2 && client.state() === 'up');
  await client.call('sync.status', {});
});

test('a connection that never opens is given up and made anew', async () => {
  const opened: string[] = [];
  // Takes the connection and never answers the upgrade.
  const mute = createServer(() => opened.push('')).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  closers.push(() => mute.close());
  const url = `ws://127.0.0.1:${(mute.address() as AddressInfo).port}/rpc`;
  const client = createSocketClient({ url, token: null, random: () => 0, deadAfterMs: 50 });
  closers.push(() => client.close());
  await vi.waitUntil(() => opened.length >= 2, { timeout: 45_000 });
});

test('a call without a connection is refused at once', async () => {
  const client = connect('ws://127.0.0.1:1/rpc');
  await expect(client.call('sync.status', {})).rejects.toMatchObject({ code: 'service-restarting' });
});

test('the wait grows to ten seconds and never above', () => {
  expect([0, 1, 2, 3].map((attempt) => reconnectDelay(attempt, 0.999_999))).toEqual([250, 500, 1000, 2000]);
  expect(reconnectDelay(500, 0.999_999)).toBe(10_000);
  expect(reconnectDelay(500, 0)).toBe(100);
});

test('the token is read from the fragment', () => {
  expect(tokenFromHash('#token=abc-1')).toBe('abc-1');
  expect(tokenFromHash('')).toBeNull();
});
