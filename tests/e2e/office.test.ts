import { mkdtempSync, rmSync } from 'node:fs';
import os, { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../tools/demo/startDemo.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Browser, openBrowser } from '../fixtures/browser.ts';
import { startCommand } from '../fixtures/command.ts';
import { descendants, kill } from '../fixtures/processes.ts';
import { shoot } from '../fixtures/shots.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** The back office in somebody's browser: the built pages from the centre, in a real Chromium without anything of ours. */

let dir: string;
let demo: Demo;
let url: string;
let display: Display;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-office-'));
  demo = await startDemo({ dir, role: 'window' });
  if (demo.officeUrl === null) throw new Error('the pages are not built: run `npm run build` first');
  url = demo.officeUrl;
  display = await startXvfb();
  browser = await openBrowser(url, display.name);
  page = browser.page;
});
afterAll(async () => {
  await browser.stop();
  await display.stop();
  await demo.stop();
  rmSync(dir, { recursive: true, force: true });
});

const login = (where: Page) => where.getByLabel('工号');
const desk = (where: Page) => where.getByText('后台岗位').first();

async function signIn(where: Page, number: string): Promise<void> {
  await login(where).fill(number);
  await where.getByLabel('密码').fill(`Yichuang-${number}`);
  await where.keyboard.press('Enter');
  await login(where).waitFor({ state: 'detached' });
}

test('the sign-in page shows who works in the back office, and keeps nobody out', async () => {
  await page.getByRole('heading', { name: '后台岗位' }).waitFor();
  for (const group of ['部门', '审核', '登簿发证']) await page.getByRole('heading', { name: group }).waitFor();
  expect(await page.getByText('1001').count()).toBe(0);
  await shoot(page, 'office-login');
  expect(await findBarriers(page)).toEqual([]);
});

test('a click on an account and Enter sign in; the page loads nothing from elsewhere and breaks no policy', async () => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) problems.push(request.url());
  });
  await page.reload();
  await page.getByRole('button', { name: /2001/ }).click();
  await page.keyboard.press('Enter');
  await login(page).waitFor({ state: 'detached' });
  await desk(page).waitFor();
  await shoot(page, 'office-desk');
  expect(problems).toEqual([]);
  expect(await page.evaluate('document.cookie')).toBe('');
});

test('what is on its way from here is one press or one key away, as at the window', async () => {
  const list = page.getByRole('dialog', { name: '待送清单' });
  await page.getByRole('button', { name: /^待送 \d+$/ }).click();
  await list.getByTestId('outbox-empty').or(list.getByTestId('outbox-row').first()).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'office-outbox');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+o');
  await list.waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
});

test('a 4K display that nothing scales has the measures of one of 1200 lines, and nothing is cut off', async () => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 3840, height: 2160 });
  const measure = `[getComputedStyle(document.body).fontSize,
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    document.documentElement.scrollHeight - document.documentElement.clientHeight]`;
  const [font, ...overflow] = await page.evaluate<[string, number, number]>(measure);
  expect(Number.parseFloat(font)).toBeCloseTo(25.2, 0);
  expect(overflow).toEqual([0, 0]);
  await shoot(page, 'office-desk-3840');
  await page.setViewportSize(size ?? { width: 1366, height: 768 });
});

test('when the process behind it dies the page is there again, and its clerk still signed in', async () => {
  const [office] = descendants(demo.centrePid());
  kill(office ?? 0);
  await page.getByText('后台服务正在重新启动').waitFor();
  await page.getByText('后台服务正在重新启动').waitFor({ state: 'detached' });
  await desk(page).waitFor();
  expect(await login(page).count()).toBe(0);
});

test('another browser that signs in with the same account ends the session here and says so', async () => {
  const other = await openBrowser(url, display.name);
  await login(other.page).waitFor();
  await signIn(other.page, '2001');
  await page.getByRole('alert').getByText('您的账号已在另一处登录').waitFor();
  await shoot(page, 'office-taken');
  await signIn(page, '2006');
  expect(await login(other.page).count()).toBe(0);
  await other.stop();
});

test('left for ten minutes it is covered, the service answers nothing more, and the password opens it', async () => {
  const calls: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      calls.push((JSON.parse(String(payload)) as { method: string }).method);
    });
  });
  await page.clock.install();
  await page.reload();
  await signIn(page, '2006');
  await desk(page).waitFor();
  expect(calls).toContain('session.ping');
  await page.clock.fastForward('10:00');
  const lock = page.getByRole('dialog', { name: '已锁定' });
  await lock.waitFor();
  expect(calls).not.toContain('session.lock');
  await page.clock.runFor(2000);
  expect(calls).toContain('session.lock');
  await shoot(page, 'office-locked');
  await lock.getByLabel('密码').fill('Yichuang-2006');
  await page.keyboard.press('Enter');
  await lock.waitFor({ state: 'hidden' });
  await desk(page).waitFor();
});

test('a reload is another page: it asks who is there', async () => {
  await page.reload();
  await login(page).waitFor();
});

const address = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find((each) => !each.internal && each.family === 'IPv4')?.address;

test.skipIf(address === undefined)(
  'served without TLS to the network, every page says that it is not safe',
  async () => {
    const data = mkdtempSync(path.join(os.tmpdir(), 'yichuang-open-'));
    const args = ['--port', '0', '--office-port', '0', '--office-host', address ?? '', '--office-insecure'];
    const centre = await startCommand<{ office: string }>(['centre', '--data', data, ...args]);
    const open = await openBrowser(centre.ready.office, display.name);
    await open.page.getByText('此页未加密').waitFor();
    await shoot(open.page, 'office-insecure');
    await open.stop();
    await centre.stop();
    rmSync(data, { recursive: true, force: true });
  },
);
