import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StaffMember } from '../../domain/ledger/op.ts';
import { BrowserPage, firstVisit, httpGet } from '../../tests/fixtures/browserPage.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { phcOf } from '../../tests/fixtures/staff.ts';
import { RpcServer } from '../rpcServer.ts';
import { OfficeAccess } from './office.ts';

/** The real service behind the real server; a browser is played by its socket. */

const person = (number: string, roles: StaffMember['roles']): StaffMember => ({
  number,
  name: `岗${number}`,
  roles,
  passwordHash: phcOf(`Yichuang-${number}`),
  active: true,
});
const STAFF = [person('2001', ['TAX']), person('2006', ['APP']), person('1001', ['WIN']), person('9002', ['AUD'])];

let clock: number;
let pagesDir: string;
let terminal: ReturnType<typeof startTestService>;
let server: RpcServer;
let url: string;
const pages: BrowserPage[] = [];
/** Connections that ended for good. */
const gone: string[] = [];

async function listen(names = ['127.0.0.1', 'office.hall.invalid']): Promise<void> {
  const access = new OfficeAccess({
    names,
    port: () => server.port,
    isSecure: false,
    cookieKey: new Uint8Array(32).fill(7),
    isSignedIn: (connection) => terminal.service.isSignedIn(connection),
    now: () => clock,
  });
  server = await RpcServer.listen({
    call: (connection, role, method, input) => terminal.service.call(connection, role, method, input),
    closeConnection: (connection) => {
      gone.push(connection);
      terminal.service.closeConnection(connection);
    },
    role: 'backoffice',
    access,
    pagesDir,
    port: 0,
  });
  url = `http://127.0.0.1:${server.port}`;
}

beforeEach(async () => {
  gone.length = 0;
  clock = Date.parse('2026-11-23T01:00:00.000Z');
  pagesDir = mkdtempSync(path.join(tmpdir(), 'yichuang-pages-'));
  writeFileSync(path.join(pagesDir, 'index.html'), '<title>一窗</title>');
  writeFileSync(path.join(pagesDir, 'page.js'), '');
  terminal = startTestService({
    staff: STAFF,
    config: { terminal: { id: 'C01', hall: 'main', role: 'backoffice' } },
    now: () => clock,
    onPush: (push) => server.deliver(push),
  });
  await listen();
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.terminate();
  await server.close();
  await terminal.dispose();
  rmSync(pagesDir, { recursive: true, force: true });
});

async function visit(options: Parameters<typeof BrowserPage.visit>[1] = {}): Promise<BrowserPage> {
  const page = await BrowserPage.visit(url, options);
  pages.push(page);
  return page;
}

describe('who comes in', () => {
  test('a first visit gets a cookie that no script reads and no other site sends; files get none', async () => {
    const { headers, status } = await httpGet(`${url}/`);
    expect(status).toBe(200);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^yichuang-office=[\w-]{24}\.[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
    ]);
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining(`connect-src 'self' ws://127.0.0.1:${server.port};`),
    });
    expect((await httpGet(`${url}/page.js`)).headers['set-cookie']).toBeUndefined();
    const cookie = await firstVisit(url);
    expect((await httpGet(`${url}/`, { headers: { cookie } })).headers['set-cookie']).toBeUndefined();
  });

  test.each(['evil.invalid', 'office.hall.invalid.evil.invalid', '127.0.0.1', 'localhost', '@127.0.0.1', ''])(
    'under the host name %j there is neither page nor socket',
    async (name) => {
      const host = name === '127.0.0.1' ? '127.0.0.1:1' : `${name}:${server.port}`;
      expect((await httpGet(`${url}/`, { headers: { host } })).status).toBe(421);
      const socket = BrowserPage.open(url, { headers: { host }, cookie: await firstVisit(url) });
      await expect(socket).rejects.toThrow('421');
    },
  );

  test('a listed name is served, its socket too, and in no other letter case than browsers send', async () => {
    const host = `office.hall.invalid:${server.port}`;
    const { headers } = await httpGet(`${url}/`, { headers: { host } });
    expect(headers['content-security-policy']).toContain(`ws://${host};`);
    await visit({ headers: { host }, origin: `http://${host}` });
  });

  test.each([
    'https://evil.invalid',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1',
    'http://office.hall.invalid',
    '',
  ])('a socket opened by a page of %j is refused', async (origin) => {
    const cookie = await firstVisit(url);
    await expect(BrowserPage.open(url, { origin, cookie })).rejects.toThrow('403');
  });

  test.each(['', 'yichuang-office=guess', 'yichuang-office=abc.', 'yichuang-office=.', 'other=1'])(
    'with the cookie %j the greeting is not answered',
    async (cookie) => {
      const page = await BrowserPage.open(url, { cookie });
      await expect(page.hello()).rejects.toThrow('closed 4401');
    },
  );

  test('a page must name itself, and a token is worth nothing', async () => {
    const cookie = await firstVisit(url);
    for (const params of [{}, { page: 'short' }, { token: 'x' }]) {
      const page = await BrowserPage.open(url, { cookie });
      await expect(page.call('session.hello', params)).rejects.toThrow('closed 4401');
    }
  });

  test('sixty sockets of one address are enough', async () => {
    const cookie = await firstVisit(url);
    for (let i = 0; i < 60; i++) pages.push(await BrowserPage.open(url, { cookie }));
    await expect(BrowserPage.open(url, { cookie })).rejects.toThrow('503');
    pages[0]?.close();
    await vi.waitFor(async () => pages.push(await BrowserPage.open(url, { cookie })), 45_000);
  });
});

describe('what is answered', () => {
  test('before signing in only greeting, catalogue and signing in', async () => {
    const page = await visit();
    expect(await page.hello()).toMatchObject({ role: 'backoffice', staff: null });
    expect(await page.call('catalogue.items')).toHaveProperty('items');
    for (const method of ['sync.status', 'devices.status', 'session.ping', 'session.lock', 'session.logout'])
      await expect(page.call(method)).rejects.toThrow('not-signed-in');
    await expect(page.call('events.subscribe', { topics: ['cases'] })).rejects.toThrow('not-signed-in');
    await page.signIn('2001');
    expect(await page.call('sync.status')).toHaveProperty('link');
  });

  test('no method of another role, signed in or not', async () => {
    const page = await visit();
    await expect(page.call('case.accept', {})).rejects.toThrow('forbidden');
    await page.signIn('2001');
    for (const method of ['case.accept', 'draft.save', 'identity.read', 'slips.print'])
      await expect(page.call(method, {})).rejects.toThrow('forbidden');
    await expect(page.call('__proto__', {})).rejects.toThrow('unknown-method');
  });

  test.each(['1001', '9002'])('%s, who has no desk here, is not signed in', async (number) => {
    const page = await visit();
    await expect(page.signIn(number)).rejects.toThrow('forbidden');
    expect(await page.hello()).toMatchObject({ staff: null });
  });

  test('after ten wrong passwords on ten accounts the address waits', async () => {
    const page = await visit();
    for (let i = 0; i < 10; i++)
      await expect(page.call('session.login', { number: `3${i}`, password: 'Spring-2026' })).rejects.toThrow(
        'login-failed',
      );
    await expect(page.signIn('2001')).rejects.toThrow('login-throttled');
    clock += 10 * 60_000;
    await page.signIn('2001');
  });

  test('events reach nobody who is not signed in', async () => {
    const page = await visit();
    await page.signIn('2001');
    await page.call('events.subscribe', { topics: ['cases'] });
    await page.call('session.logout');
    server.deliver({ connection: null, event: 'cases.changed', payload: { ids: ['secret'] } });
    await page.hello();
    expect(page.events).toEqual([]);
  });
});

describe('whose session', () => {
  test('the same account elsewhere ends the older session, and says so', async () => {
    const first = await visit();
    await first.signIn('2001');
    const second = await visit();
    await second.signIn('2001');
    await vi.waitFor(
      () => expect(first.events).toEqual([{ event: 'session.ended', payload: { code: 'session-taken' } }]),
      45_000,
    );
    await expect(first.call('session.ping')).rejects.toThrow('session-taken');
    expect(await second.hello()).toMatchObject({ staff: { number: '2001' } });
    await first.signIn('2006');
    expect(await second.hello()).toMatchObject({ staff: { number: '2001' } });
  });

  test('a broken line is mended by the same page of the same browser only', async () => {
    const cookie = await firstVisit(url);
    const page = await visit({ cookie });
    await page.signIn('2001');
    page.breakLine();
    expect(await (await visit({ cookie })).hello()).toMatchObject({ staff: null });
    expect(await (await visit({ page: page.page })).hello()).toMatchObject({ staff: null });
    const again = await visit({ cookie, page: page.page });
    expect(await again.hello()).toMatchObject({ staff: { number: '2001' } });
  });

  test('a line that is mended before its break was noticed takes the place of the old one', async () => {
    const cookie = await firstVisit(url);
    const page = await visit({ cookie });
    await page.signIn('2001');
    const again = await visit({ cookie, page: page.page });
    expect(await again.hello()).toMatchObject({ staff: { number: '2001' } });
    await vi.waitFor(() => expect(page.socket.readyState).toBe(page.socket.CLOSED));
    expect(await again.hello()).toMatchObject({ staff: { number: '2001' } });
  });

  test('a page that is closed is signed out at once', async () => {
    const cookie = await firstVisit(url);
    const page = await visit({ cookie });
    await page.signIn('2001');
    page.close();
    await vi.waitFor(() => expect(gone).toHaveLength(1), 45_000);
    expect(await (await visit({ cookie, page: page.page })).hello()).toMatchObject({ staff: null });
  });

  test('service and server started anew know the page again, and no other', async () => {
    const cookie = await firstVisit(url);
    const page = await visit({ cookie });
    await page.signIn('2001');
    await server.close();
    await terminal.restart();
    await listen();
    expect(await (await visit({ cookie })).hello()).toMatchObject({ staff: null });
    expect(await (await visit({ cookie, page: page.page })).hello()).toMatchObject({ staff: { number: '2001' } });
  });
});

test('whatever frames come, the server lives and nobody is signed in by them', async () => {
  const frame = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 2000 }),
    fc.json(),
    fc.record({
      jsonrpc: fc.constantFrom('2.0', '1.0'),
      id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
      method: fc.constantFrom('session.hello', 'session.login', 'case.accept', 'toString', ''),
      params: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.constant([]), fc.string()),
    }),
  );
  const cookie = await firstVisit(url);
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.boolean(), async (frames, greets) => {
      const page = await BrowserPage.open(url, { cookie });
      if (greets) await page.hello();
      for (const each of frames) {
        const data = typeof each === 'string' || each instanceof Uint8Array ? each : (safeJson(each) ?? '');
        page.socket.send(data);
      }
      if (greets) expect(await page.hello().catch((error: Error) => error.message)).toBeDefined();
      page.socket.terminate();
      const after = await visit({ cookie });
      expect(await after.hello()).toMatchObject({ staff: null });
      after.close();
    }),
    { numRuns: 60 },
  );
  for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 500 }), 30)) {
    const raw = connect(server.port, '127.0.0.1');
    raw.on('error', () => {});
    await once(raw, 'connect');
    raw.end(bytes);
    await once(raw, 'finish');
    raw.destroy();
  }
  expect((await httpGet(`${url}/`)).status).toBe(200);
  const bomb = await BrowserPage.open(url, { cookie });
  const closed = new Promise((resolve) => bomb.socket.once('close', resolve));
  bomb.socket.send('x'.repeat(1024 * 1024 + 1));
  expect(await closed).toBe(1009);
});

function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
