import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { BrowserPage, httpGet } from '../fixtures/browserPage.ts';
import { startCommand } from '../fixtures/command.ts';
import { startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';

/** Calling screens for TVs with real processes: beside the hub, and from a terminal of the hall. */

let dir: string;
let pages: string;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-tvs-'));
  pages = path.join(dir, 'pages');
  mkdirSync(path.join(pages, 'tv'), { recursive: true });
  writeFileSync(path.join(pages, 'index.html'), '<title>一窗</title>');
  writeFileSync(path.join(pages, 'tv/index.html'), '<title>叫号屏</title>');
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(dir, { recursive: true, force: true });
});

async function lookAt(screen: string): Promise<Record<string, unknown>> {
  expect((await httpGet(`${screen}?floor=2`)).body).toContain('叫号屏');
  const page = await BrowserPage.open(new URL(screen).origin);
  try {
    await page.call('session.hello');
    await expect(page.call('session.login', { number: '1001', password: 'x' })).rejects.toThrow('forbidden');
    return await page.call('screen.state', { floor: 2 });
  } finally {
    page.socket.terminate();
  }
}

test('beside a hub, without a back office', async () => {
  const args = ['--port', '0', '--screen-port', '0', '--screen-host', '127.0.0.1', '--office-pages', pages];
  const running = await startCommand<{ office?: string; screen: string }>(['centre', '--data', dir, ...args]);
  stops.push(running.stop);
  expect(running.ready.office).toBeUndefined();
  expect(running.ready.screen).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/screen$/);
  expect(await lookAt(running.ready.screen)).toMatchObject({ floor: 2, isClosed: true });
});

test('beside a hub and its back office, each on a port of its own', async () => {
  const args = ['--port', '0', '--office-port', '0', '--screen-port', '0', '--screen-host', '127.0.0.1'];
  const running = await startCommand<{ office: string; screen: string }>([
    ...['centre', '--data', dir, ...args, '--office-pages', pages],
  ]);
  stops.push(running.stop);
  expect(new URL(running.ready.office).port).not.toBe(new URL(running.ready.screen).port);
  expect((await httpGet(`${running.ready.office}/`)).body).toContain('一窗');
  expect(await lookAt(running.ready.screen)).toMatchObject({ floor: 2 });
});

test('from a terminal of the hall that is told to', async () => {
  const centre = await startCentreProcess(path.join(dir, 'centre'));
  stops.push(() => stopProcess(centre.child, 'SIGTERM'));
  const enrolmentCode = await createEnrolmentCodeOffline(path.join(dir, 'centre'), { terminal: 'S02' });
  const config = path.join(dir, 'config.json');
  const terminal = { id: 'S02', hall: 'main', role: 'screen', floor: 2 };
  const screen = { tv: { host: '127.0.0.1', port: 0 } };
  writeFileSync(config, JSON.stringify({ terminal, screen, hub: { url: centre.url, enrolmentCode } }));
  const args = ['terminal', '--headless', '--config', config, '--data', path.join(dir, 'terminal'), '--pages', pages];
  const running = await startCommand<{ screen: string }>(args);
  stops.push(running.stop);
  expect(await lookAt(running.ready.screen)).toMatchObject({ floor: 2 });
});
