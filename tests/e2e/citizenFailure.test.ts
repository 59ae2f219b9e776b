import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedApp, launchApp, STUBS } from '../fixtures/app.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { shoot } from '../fixtures/shots.ts';
import { touch } from '../fixtures/touch.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** A kiosk and a calling screen that cannot start: whoever stands before them reads where to go, and nothing else. */

const SIZES = {
  small: { width: 1366, height: 768 },
  portrait: { width: 1080, height: 1920 },
} as const;
/** Of the elder rules: nobody has laid a card, so it is for the oldest (users.md §B.3). */
const LEAST_TEXT = 30;
/** Of a program, and of no use to a citizen. */
const TECHNICAL = /[A-Za-z]|数据|密钥|损坏|管理员|服务没有/;

let display: Display;
let folder: string;
let launched: LaunchedApp | null = null;

beforeAll(async () => {
  display = await startXvfb({ width: 1920, height: 1920 });
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-citizen-failure-'));
});
afterAll(async () => {
  await launched?.stop();
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  role: 'prereview' | 'screen' | 'window',
  name: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Page> {
  await launched?.stop();
  const dataDir = path.join(folder, name);
  mkdirSync(dataDir, { recursive: true });
  // A database, and no record of its key: the same way out as for data that are damaged.
  if (env === STUBS) writeFileSync(path.join(dataDir, 'yichuang.db'), 'not empty');
  launched = await launchApp({ display: display.name, env, dataDir, args: [`--role=${role}`, ...args] });
  await launched.page.setViewportSize(SIZES.small);
  return launched.page;
}

const visible = (page: Page) => page.evaluate<string>('document.body.innerText');
const hold = (page: Page) => page.getByRole('button', { name: '工作人员请长按 3 秒' });

async function inspect(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await shoot(page, `${name}-${size}`);
    const { small, text, overflowing } = await touch(page);
    expect(small, size).toEqual([]);
    expect(text.size, `${size}: ${text.says}`).toBeGreaterThanOrEqual(LEAST_TEXT);
    expect(overflowing, size).toEqual([]);
  }
  await page.setViewportSize(SIZES.small);
  expect(await findBarriers(page), name).toEqual([]);
}

async function rest(page: Page, ms: number): Promise<void> {
  const box = await hold(page).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
  await page.mouse.down();
  await page.clock.runFor(ms);
  await page.mouse.up();
}

test('a kiosk whose data cannot be opened sends people to the counter, in the largest type and without a cause', async () => {
  const page = await open('prereview', 'kiosk', STUBS);
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
  await page.getByText('本机暂停服务').waitFor();
  expect(await visible(page)).not.toMatch(TECHNICAL);
  expect(await page.title()).toBe('请到咨询台办理');
  await inspect(page, 'kiosk-failed');
});

test('its cause opens for who holds the button or presses a key, and not for a finger that rests there', async () => {
  const page = launched?.page as Page;
  await page.clock.install();
  await page.reload();
  await rest(page, 2_900);
  expect(await visible(page)).not.toMatch(TECHNICAL);
  await rest(page, 3_100);
  const cause = page.getByRole('main', { name: '故障说明' });
  await cause.getByText('key-record-missing').waitFor();
  expect(await page.getByText('请到咨询台办理').isVisible()).toBe(false);
  await inspect(page, 'kiosk-failed-staff');
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
  // A keyboard that is plugged in needs no Tab.
  await page.keyboard.press('Enter');
  await cause.waitFor();
  // Whoever walks away leaves nothing technical behind.
  await page.clock.runFor(121_000);
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
  expect(await visible(page)).not.toMatch(TECHNICAL);
});

test('a calling screen that cannot start says where to go and where numbers still stand', async () => {
  const page = await open('screen', 'screen', STUBS);
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
  await page.getByText('叫号屏暂停，也可看各窗口屏上的号码').waitFor();
  expect(await visible(page)).not.toMatch(TECHNICAL);
  await inspect(page, 'screen-failed');
  await page.keyboard.press('Enter');
  await page.getByText('key-record-missing').waitFor();
  await page.keyboard.press('Escape');
  await hold(page).waitFor();
});

test('the display before a citizen at a window says to listen to the clerk, who reads the cause on the desk', async () => {
  const config = path.join(folder, 'desk.jsonc');
  const terminal = { id: 'W07', role: 'window', hall: 'main', floor: 2 };
  // One display is all there is here: both pages lie on it.
  writeFileSync(config, JSON.stringify({ terminal, screen: { display: 1, shows: 'citizen' } }));
  const page = await open('window', 'desk', STUBS, [`--config=${config}`]);
  await page.getByText('key-record-missing').waitFor();
  const windows = () => launched?.app.windows().map((each) => each.url()) ?? [];
  await expect
    .poll(windows, { timeout: 45_000 })
    .toEqual(['app://yichuang/failure.html', 'app://yichuang/failure.html?face=citizen']);
  const second = launched?.app.windows().find((each) => each !== page) as Page;
  await second.getByRole('heading', { name: '请听窗口工作人员安排' }).waitFor();
  expect(await visible(second)).not.toMatch(TECHNICAL);
});

test('with its program behind it gone for good, the kiosk’s own page says the same, and tries again when asked', async () => {
  const page = await open('prereview', 'serviceless', { YICHUANG_SERVICE_ENTRY: path.join(folder, 'nothing.mjs') });
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
  expect(await visible(page)).not.toMatch(TECHNICAL);
  await inspect(page, 'kiosk-serviceless');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '后台服务没有启动' }).waitFor();
  await inspect(page, 'kiosk-serviceless-staff');
  await page.clock.install();
  await page.getByRole('button', { name: '重新打开' }).click();
  // Nothing comes: nobody is left waiting before a page that only says so.
  await page.getByRole('heading', { name: '请稍候' }).waitFor();
  await page.clock.runFor(21_000);
  await page.getByRole('heading', { name: '请到咨询台办理' }).waitFor();
});
