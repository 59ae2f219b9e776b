import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { BrowserPage, firstVisit, httpGet } from '../fixtures/browserPage.ts';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { descendants, kill } from '../fixtures/processes.ts';

/** The back office for browsers with real processes: centre, office, and pages from another address than the server's. */

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
const TLS = { cert: path.join(FIXTURES, 'tls/cert.pem'), key: path.join(FIXTURES, 'tls/key.pem') };

interface Ready {
  url: string;
  office: string;
}

let dir: string;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-office-'));
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(dir, { recursive: true, force: true });
});

const officeArgs = (...more: string[]) => [
  'centre',
  ...['--data', dir, '--port', '0', '--office-port', '0', '--office-pages', path.join(FIXTURES, 'page')],
  ...more,
];

async function start(...more: string[]) {
  await upsertStaffOffline(dir, { number: '2001', name: '赵丽', roles: ['TAX'], password: 'Yichuang-2001' });
  await upsertStaffOffline(dir, { number: '2006', name: '郑凯', roles: ['APP'], password: 'Yichuang-2006' });
  const running = await startCommand<Ready>(officeArgs(...more));
  stops.push(running.stop);
  return running;
}

/** A visit that has the list of staff. */
async function visit(url: string, options: Parameters<typeof BrowserPage.visit>[1] = {}): Promise<BrowserPage> {
  const page = await BrowserPage.visit(url, options);
  await vi.waitFor(async () => expect(await page.hello()).toMatchObject({ hasStaff: true }), 45_000);
  return page;
}

describe('yichuang centre --office-port', { timeout: 60_000 }, () => {
  test('on every address it answers under the addresses of this machine, and says loudly that it is not safe', async () => {
    const centre = await start('--office-host', '0.0.0.0', '--office-insecure');
    const { port } = new URL(centre.ready.office);
    expect(centre.stderr()).toContain('!!! INSECURE');
    const own = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter((each) => each.family === 'IPv4');
    for (const { address } of own) expect((await httpGet(`http://${address}:${port}/`)).status).toBe(200);
    // It listens there as well, but nobody said that this is its name.
    expect((await httpGet(`http://127.0.0.2:${port}/`)).status).toBe(421);
  });

  test('a page on another address signs in, ends an older session of its account, and finds its own after a crash', async () => {
    const centre = await start('--office-host', '127.0.0.2');
    const url = centre.ready.office;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
    const cookie = await firstVisit(url, { from: '127.0.0.3' });
    const page = await visit(url, { cookie, from: '127.0.0.3' });
    expect(await page.hello()).toMatchObject({ id: 'C01', role: 'backoffice', staff: null, demo: false });
    await page.signIn('2001');
    const elsewhere = await visit(url);
    await elsewhere.signIn('2006');
    await elsewhere.signIn('2001');
    await vi.waitFor(() => expect(page.events).toContainEqual(expect.objectContaining({ event: 'session.ended' })));
    await page.signIn('2006');

    const [office] = descendants(centre.child.pid ?? 0);
    kill(office ?? 0);
    const again = await vi.waitFor(() => BrowserPage.visit(url, { cookie, page: page.page }), 45_000);
    expect(await again.hello()).toMatchObject({ staff: { number: '2006' } });
    const newTab = await visit(url, { cookie });
    expect(await newTab.hello()).toMatchObject({ staff: null });
    expect(await centre.stop()).toBe(0);
    stops.length = 0;
    expect((await runCommand(['verify', '--data', path.join(dir, 'office')])).code).toBe(0);
  });

  test('by TLS the cookie is bound to the host, and plain HTTP gets nothing', async () => {
    const centre = await start('--office-host', '127.0.0.2', '--office-cert', TLS.cert, '--office-key', TLS.key);
    const url = centre.ready.office;
    expect(url).toMatch(/^https:/);
    const ca = readFileSync(TLS.cert, 'utf8');
    const { headers } = await httpGet(`${url}/`, { ca });
    expect(String(headers['set-cookie'])).toMatch(/^__Host-yichuang-office=.*; Path=\/; Secure$/);
    expect(headers['content-security-policy']).toContain(` wss://${new URL(url).host};`);
    const page = await visit(url, { ca });
    expect(await page.signIn('2001')).toMatchObject({ number: '2001' });
    await expect(BrowserPage.visit(url, { ca, origin: url.replace('https', 'http') })).rejects.toThrow('403');
    await expect(httpGet(url.replace('https', 'http'))).rejects.toThrow();
  });

  test('agency and minutes come from a file, under a name that was given', async () => {
    const config = path.join(dir, 'office.jsonc');
    writeFileSync(config, '{ "agency": "示例登记中心", "lockAfterMinutes": 3, }');
    const centre = await start('--office-config', config, '--office-name', 'office.hall.invalid');
    const { port, host } = new URL(centre.ready.office);
    expect(host).toBe(`office.hall.invalid:${port}`);
    const headers = { host };
    const page = await visit(`http://127.0.0.1:${port}`, { headers, origin: `http://${host}` });
    expect(await page.hello()).toMatchObject({ agency: '示例登记中心', lockAfterMinutes: 3 });
  });

  test.each([
    [['--office-host', '0.0.0.0'], 'plain HTTP would carry passwords'],
    [['--office-cert', TLS.cert], 'belong together'],
    [['--office-pages', '/nonexistent'], 'there are no pages'],
    [['--office-config', TLS.cert], 'line 1, column '],
    [
      ['--office-host', '127.0.0.2', '--office-cert', TLS.cert, '--office-key', TLS.cert],
      'the office pages did not start',
    ],
  ])('with %j it does not start, and says why', async (more, words) => {
    const { code, stderr, stdout } = await runCommand(officeArgs(...more));
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });

  test('a port that is taken is said so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await runCommand(officeArgs('--office-port', String(port)));
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });
});
