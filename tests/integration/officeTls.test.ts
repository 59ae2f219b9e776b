import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { connectTls } from '../../link/httpLine.ts';
import { LineError } from '../../link/line.ts';
import { ownFetch, readTls } from '../../link/secureFetch.ts';
import { BrowserPage, httpGet } from '../fixtures/browserPage.ts';
import { type CertificateFiles, openAuthority } from '../fixtures/certificates509.ts';
import { startCommand } from '../fixtures/command.ts';

/** A centre by TLS with back office and screens: one certificate at three ports, asked of nobody but at the first. */

const run = promisify(execFile);
let authority: ReturnType<typeof openAuthority>;
let server: CertificateFiles;
let dir: string;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  authority = openAuthority();
  server = authority.issue('centre', 'IP:127.0.0.1');
});
afterAll(() => authority.dispose());
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-office-tls-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

/** What OpenSSL sees there: whether the authority signed it, and whose it is. */
async function lookBy(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const args = ['s_client', '-connect', `${hostname}:${port}`, '-CAfile', authority.ca, '-verify_return_error'];
  const asked = run('openssl', [...args, '-verify_ip', '127.0.0.1']);
  asked.child.stdin?.end();
  const { stdout } = await asked.catch((error: { stdout: string }) => error);
  return stdout;
}

test('records, pages and screens are served by one certificate, and pages work though machines must show theirs', async () => {
  await upsertStaffOffline(path.join(dir, 'centre'), {
    number: '2001',
    name: '赵丽',
    roles: ['TAX'],
    password: 'Yichuang-2001',
  });
  const pages = path.join(dir, 'pages');
  mkdirSync(path.join(pages, 'tv'), { recursive: true });
  writeFileSync(path.join(pages, 'index.html'), '<title>一窗</title>');
  writeFileSync(path.join(pages, 'tv/index.html'), '<title>叫号屏</title>');
  const running = await startCommand<{ url: string; office: string; screen: string }>([
    ...['centre', '--data', path.join(dir, 'centre'), '--port', '0', '--office-port', '0', '--office-pages', pages],
    ...['--screen-port', '0', '--screen-host', '127.0.0.1'],
    ...['--tls-cert', server.cert, '--tls-key', server.key, '--client-ca', authority.ca],
  ]);
  closing.push(() => running.stop());
  const { url, office, screen } = running.ready;
  for (const address of [url, office, screen]) expect(address).toMatch(/^https:/);

  // OpenSSL, of another house than our servers, trusts both; so does a fetch that knows the authority, and no other.
  for (const address of [office, screen]) {
    const seen = await lookBy(address);
    expect(seen).toContain('Verify return code: 0 (ok)');
    expect(seen).toMatch(/subject=CN ?= ?centre/);
    expect(seen).toContain('No client certificate CA names sent');
  }
  const trusting = ownFetch(readTls({ ca: authority.ca }));
  expect(await (await trusting(`${office}/`)).text()).toContain('一窗');
  expect(await (await trusting(`${screen}?floor=2`)).text()).toContain('叫号屏');
  await expect(fetch(`${office}/`)).rejects.toThrow();
  await expect(httpGet(office.replace('https:', 'http:'))).rejects.toThrow();

  // The staff list came to the pages' own terminal over the door inside.
  const ca = authority.read(authority.ca);
  const page = await BrowserPage.visit(office, { ca });
  await vi.waitFor(async () => expect(await page.hello()).toMatchObject({ hasStaff: true }), 45_000);
  expect(await page.signIn('2001')).toMatchObject({ number: '2001' });
  const tv = await BrowserPage.open(new URL(screen).origin, { ca });
  await tv.call('session.hello');
  expect(await tv.call('screen.state', { floor: 2 })).toMatchObject({ floor: 2 });
  tv.socket.terminate();

  // Machines show a certificate as before.
  const ask = connectTls(readTls({ ca: authority.ca }))(url);
  await expect(ask.exchange({ method: 'GET', path: '/health' })).rejects.toThrow(LineError);
});
