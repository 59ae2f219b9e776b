import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { YichuangError } from '../contract/errors.ts';
import { LocalAccess } from './access/local.ts';
import { RpcServer } from './rpcServer.ts';

let pagesDir: string;
let server: RpcServer;
let access: LocalAccess;
const closed: string[] = [];

beforeEach(async () => {
  pagesDir = mkdtempSync(path.join(tmpdir(), 'yichuang-pages-'));
  writeFileSync(path.join(pagesDir, 'index.html'), '<title>一窗</title>');
  closed.length = 0;
  access = new LocalAccess({ token: 'secret-token', port: () => server.port });
  server = await RpcServer.listen({
    call: async (connection, role, method, input) => {
      if (method === 'session.login') throw new YichuangError('login-failed');
      if (method === 'sync.status') throw new Error('a message with 220402199003071231');
      return { connection, role, method, input };
    },
    closeConnection: (connection) => closed.push(connection),
    role: 'window',
    access,
    pagesDir,
    port: 0,
  });
});
afterEach(async () => {
  await server.close();
  rmSync(pagesDir, { recursive: true, force: true });
});

async function open(options: { origin?: string; headers?: Record<string, string> } = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, options);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

async function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data))));
    socket.once('close', (code) => reject(new Error(`closed ${code}`)));
  });
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return answer;
}

const hello = { jsonrpc: '2.0', id: 1, method: 'session.hello', params: { token: 'secret-token' } };

async function openKnown(): Promise<WebSocket> {
  const socket = await open();
  await ask(socket, hello);
  return socket;
}

async function nameOf(socket: WebSocket): Promise<string> {
  const answer = await ask(socket, { jsonrpc: '2.0', id: 'name', method: 'devices.status' });
  return (answer as { result: { connection: string } }).result.connection;
}

test('the first message brings the token, then calls are answered', async () => {
  const socket = await openKnown();
  expect(await ask(socket, { jsonrpc: '2.0', id: 'a', method: 'devices.status' })).toEqual({
    jsonrpc: '2.0',
    id: 'a',
    result: {
      connection: expect.stringMatching(/^ws-[0-9a-f-]{36}$/),
      role: 'window',
      method: 'devices.status',
      input: {},
    },
  });
});

test.each([
  ['no token', { ...hello, params: {} }],
  ['a wrong token', { ...hello, params: { token: 'secret-tokeN' } }],
  ['another method first', { jsonrpc: '2.0', id: 1, method: 'devices.status', params: { token: 'secret-token' } }],
])('a connection with %s is closed unanswered', async (_what, message) => {
  await expect(ask(await open(), message)).rejects.toThrow('closed 4401');
});

test('errors carry a stable code and a sentence, and unknown ones nothing of their text', async () => {
  const socket = await openKnown();
  expect(await ask(socket, { jsonrpc: '2.0', id: 2, method: 'session.login' })).toMatchObject({
    error: { code: -32000, data: { code: 'login-failed' } },
  });
  const internal = await ask(socket, { jsonrpc: '2.0', id: 3, method: 'sync.status' });
  expect(internal).toMatchObject({ error: { data: { code: 'internal' } } });
  expect(JSON.stringify(internal)).not.toContain('220402199003071231');
});

test.each(['not json', '[]', '{"jsonrpc":"1.0","id":1,"method":"x"}', 'null'])(
  'the malformed message %j is refused and the connection lives on',
  async (message) => {
    const socket = await openKnown();
    expect(await ask(socket, message)).toMatchObject({ id: null, error: { data: { code: 'bad-input' } } });
    expect(await ask(socket, { jsonrpc: '2.0', id: 9, method: 'devices.status' })).toMatchObject({ id: 9 });
  },
);

test('a page of another origin cannot connect', async () => {
  await expect(open({ origin: 'https://example.invalid' })).rejects.toThrow('403');
});

test('a connection that ends is reported once', async () => {
  const socket = await openKnown();
  socket.close();
  await expect.poll(() => closed).toHaveLength(1);
});

test('events reach the connection they are for', async () => {
  const [first, second] = [await openKnown(), await openKnown()];
  const heard: unknown[] = [];
  second.on('message', (data) => heard.push(JSON.parse(String(data))));
  const name = await nameOf(first);
  const got = new Promise((resolve) => first.once('message', (data) => resolve(JSON.parse(String(data)))));
  server.deliver({ connection: name, event: 'cases.changed', payload: { ids: [] } });
  expect(await got).toEqual({
    jsonrpc: '2.0',
    method: 'event',
    params: { event: 'cases.changed', payload: { ids: [] } },
  });
  await ask(second, { jsonrpc: '2.0', id: 5, method: 'devices.status' });
  expect(heard).toHaveLength(1);
});

function get(
  target: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path: target, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('pages are served with the policy that allows nothing from elsewhere', async () => {
  const page = await get('/');
  expect(page.body).toContain('一窗');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
});

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2f..%2fetc/passwd',
  '/%00',
  '/nothing.js',
  '//etc/passwd',
  '/%',
])('%s is not served', async (target) => {
  expect((await get(target)).status).toBe(404);
});

test('the printed address lets one browser in, once', async () => {
  const { entrance } = access;
  const first = await get(entrance);
  expect(first).toMatchObject({ status: 302, headers: { location: '/' } });
  const cookie = String(first.headers['set-cookie']);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await get(entrance)).status).toBe(410);
  expect((await get('/enter/guess')).status).toBe(410);
  const socket = await open({ headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(await ask(socket, { ...hello, params: {} })).toMatchObject({ result: { method: 'session.hello' } });
  const guess = cookie.replace(/=[^;]+;.*/, '=guess');
  await expect(ask(await open({ headers: { cookie: guess } }), { ...hello, params: {} })).rejects.toThrow(
    'closed 4401',
  );
  // A browser gives the cookies of one program to every other of this machine: each has its own name.
  expect(cookie).toContain(`-${server.port}=`);
});

test('another host name that points here is not served', async () => {
  expect((await get('/', { host: 'evil.invalid' })).status).toBe(421);
});
