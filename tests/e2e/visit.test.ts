import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type DemoHall, type DemoVisitor, startDemoHall } from '../../tools/demo/demoHall.ts';
import { type Furniture, furnish } from '../../tools/demo/furnish.ts';
import type { Clerk } from '../fixtures/clerk.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';

/**
 * One visit from the door to the seat at the window: kiosk, paper, call, the screen on the wall, the display over the
 * window and the voice, card, accepted case. Real program on two displays, devices as bytes only.
 */

const WAIT = { timeout: 45_000, interval: 100 };
const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-visit-'));
let hall: Hall;
let furniture: Furniture;
let visitors: DemoHall;
let clerk: Clerk;
let page: Page;
let wall: Page;
let visitor: DemoVisitor;

beforeAll(async () => {
  furniture = await furnish(dir, 'W07');
  hall = await openHall({ width: 1366, height: 768 });
  visitors = await startDemoHall(hall.demo, dir);
  const { devices } = parse(readFileSync(hall.demo.folder.configFile, 'utf8')) as { devices: object };
  clerk = await hall.reconfigure({
    devices: { ...devices, ...furniture.devices },
    screen: { display: 1, floor: 2 },
  });
  await vi.waitUntil(() => hall.launched.app.windows().length === 2, WAIT);
  page = hall.launched.page;
  wall = hall.launched.app.windows().find((each) => each !== page) ?? page;
  await page.getByLabel('工号').waitFor();
  await clerk.signIn('1001', 'Yichuang-1001');
  await page.getByRole('status').getByText('空闲').waitFor();
});
afterAll(async () => {
  await visitors?.stop();
  await hall?.stop();
  await furniture?.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a number from the kiosk is called: it stands on the wall and over the window, and is spoken twice', async () => {
  visitor = await visitors.comeIn();
  await page.getByTestId('waiting').getByText(visitor.number).waitFor();
  await page.keyboard.press('F1');
  await page.getByTestId('number-in-hand').getByText(visitor.number, { exact: true }).waitFor();
  const now = wall.getByRole('region', { name: '请到窗口办理' });
  await now.getByRole('listitem', { name: `请${visitor.number}号到7号窗口` }).waitFor();
  await expect.poll(() => furniture.shown(), WAIT).toContain(`请${visitor.number}号到7号窗口`);
  const sentence = '请B零零一号到七号窗口办理业务';
  await expect.poll(() => furniture.said().filter((text) => text.includes(sentence)).length, WAIT).toBe(2);
});

test('the visitor comes, the card opens what was reviewed, the case is accepted with the number, and the display lets go', async () => {
  await page.getByRole('region', { name: '预审' }).getByText('已通过').waitFor({ timeout: WAIT.timeout });
  await clerk.waitForPerson('刘建国');
  await page.getByRole('textbox', { name: '坐落' }).click();
  await clerk.type('龙山区东吉大街 12 号 3 单元 402 室');
  await clerk.press('Enter');
  await clerk.answer('mortgage.amountFen', '300000');
  await clerk.tickPapers();
  const number = await clerk.accept();
  await clerk.waitForPrint();
  await clerk.press('F3');
  await page.getByTestId('number-in-hand').waitFor({ state: 'detached' });
  expect(number).toMatch(/^\d{14}$/);
  await expect.poll(() => furniture.shown(), WAIT).not.toContain(visitor.number);
  await wall
    .getByRole('listitem', { name: `请${visitor.number}号到7号窗口` })
    .waitFor({ state: 'detached', timeout: WAIT.timeout });
});
