import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { methods } from '../../contract/rpc.ts';
import { BrowserPage, httpGet } from '../../tests/fixtures/browserPage.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { PublicScreen } from '../screen/publicScreen.ts';

/** The real service behind the real server for TVs; a TV is played by its socket. */

let pagesDir: string;
let terminal: ReturnType<typeof startTestService>;
let screen: PublicScreen;
let url: string;
const pages: BrowserPage[] = [];
const refused: string[] = [];

async function open(port: number): Promise<PublicScreen> {
  const opened = new PublicScreen({
    tv: { host: '127.0.0.1', port },
    call: (connection, role, method, input) => terminal.service.call(connection, role, method, input),
    closeConnection: (connection) => terminal.service.closeConnection(connection),
    pagesDir,
    onRefused: (code) => refused.push(code),
  });
  await opened.tried;
  return opened;
}

beforeEach(async () => {
  pagesDir = mkdtempSync(path.join(tmpdir(), 'yichuang-tv-'));
  mkdirSync(path.join(pagesDir, 'tv'));
  writeFileSync(path.join(pagesDir, 'tv/index.html'), '<title>叫号屏</title>');
  writeFileSync(path.join(pagesDir, 'index.html'), '<title>一窗</title>');
  terminal = startTestService({
    config: { terminal: { id: 'S02', hall: 'main', role: 'screen', floor: 2 } },
    onPush: (push) => screen?.deliver(push),
  });
  screen = await open(0);
  url = `http://127.0.0.1:${screen.port}`;
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.terminate();
  refused.length = 0;
  await screen.close();
  await terminal.dispose();
  rmSync(pagesDir, { recursive: true, force: true });
});

async function visit(options: Parameters<typeof BrowserPage.open>[1] = {}): Promise<BrowserPage> {
  const page = await BrowserPage.open(url, options);
  pages.push(page);
  await page.call('session.hello');
  return page;
}

describe('what a TV gets', () => {
  test.each(['/screen', '/screen?floor=2', '/screen/'])('%s is the page, without a cookie', async (address) => {
    const { status, headers, body } = await httpGet(`${url}${address}`);
    expect(status).toBe(200);
    expect(body).toContain('叫号屏');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${screen.port};`);
  });

  test('the bare address leads there, and what lies beside the page is not served', async () => {
    const { status, headers } = await httpGet(`${url}/?floor=3`);
    expect([status, headers.location]).toEqual([302, '/screen?floor=3']);
    for (const address of ['/../index.html', '/%2e%2e/index.html', '/tv/index.html'])
      expect((await httpGet(`${url}${address}`)).body).not.toContain('一窗');
  });

  test('under any name, as everybody may read the wall', async () => {
    const host = `tv.hall.invalid:${screen.port}`;
    expect((await httpGet(`${url}/screen`, { headers: { host } })).status).toBe(200);
    await visit({ headers: { host }, origin: `http://${host}` });
  });

  test('but not to a page of elsewhere', async () => {
    await expect(BrowserPage.open(url, { origin: 'http://evil.invalid' })).rejects.toThrow('403');
  });

  test('the state of a floor, and the news that it changed', async () => {
    const page = await visit();
    expect(await page.call('screen.state', { floor: 2 })).toMatchObject({ floor: 2, hub: 'none', now: [] });
    await page.call('events.subscribe', { topics: ['queue', 'sync', 'cases', 'identity', 'session'] });
    expect(await page.call('sync.status')).toMatchObject({ link: 'not-configured' });
  });
});

describe('what a TV does not get', () => {
  const OPEN = ['session.hello', 'screen.state', 'events.subscribe', 'sync.status'];

  test('any other method of the contract is refused, signing in too', async () => {
    const page = await visit();
    for (const method of Object.keys(methods).filter((each) => !OPEN.includes(each)))
      await expect(page.call(method, {}), method).rejects.toThrow('forbidden');
    await expect(page.call('session.login', { number: '1001', password: 'Yichuang-1001' })).rejects.toThrow(
      'forbidden',
    );
    await expect(page.call('no.method', {})).rejects.toThrow('forbidden');
  });

  test('a floor that is none, or more than a floor, changes nothing and is refused', async () => {
    const page = await visit();
    for (const input of [{}, { floor: 0 }, { floor: '2' }, { floor: 2, ticket: 'A001' }])
      await expect(page.call('screen.state', input)).rejects.toThrow('bad-input');
  });

  test('no event but those of the queue and the line, whatever it subscribed to', async () => {
    const page = await visit();
    await page.call('events.subscribe', { topics: ['queue', 'identity', 'cases', 'devices'] });
    // To every connection, as the service sends some.
    for (const event of ['identity.card', 'cases.changed', 'session.ended', 'keypad.key'] as const)
      screen.deliver({ connection: null, event, payload: {} });
    screen.deliver({ connection: null, event: 'queue.changed', payload: {} });
    await vi.waitUntil(() => page.events.length > 0);
    expect(page.events.map(({ event }) => event)).toEqual(['queue.changed']);
  });
});

test('a port that is taken stops nothing and is had when it is free', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as { port: number };
  const second = await open(port);
  expect(second.port).toBe(0);
  expect(refused).toEqual(['EADDRINUSE']);
  blocker.close();
  await once(blocker, 'close');
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  await vi.waitUntil(() => second.port === port);
  await second.close();
});
