import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoHall, startDemoHall } from '../../tools/demo/demoHall.ts';
import { FormDesk } from '../fixtures/formDesk.ts';

/** What `npm start` shows of the hall: visitors who take numbers at a kiosk, read the screen and come to the window. */

let desk: FormDesk;
let hall: DemoHall;
const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-demo-hall-'));

beforeAll(async () => {
  desk = await FormDesk.open(async ({ demo }) => {
    hall = await startDemoHall(demo, dir);
  });
});
afterAll(async () => {
  await hall.stop();
  await desk.hall.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a visitor takes a number at the kiosk, is called, comes to the window, and their card opens the reviewed form', async () => {
  const { page } = desk;
  await page.getByRole('status').getByText('空闲').waitFor();
  const visitor = await hall.comeIn();
  expect(visitor).toMatchObject({ number: 'B001', state: 'waiting' });
  expect(readdirSync(hall.ticketsDir).filter((name) => name.endsWith('.svg')).length).toBeGreaterThan(0);
  await page.getByTestId('waiting').getByText('B001').waitFor();
  await page.keyboard.press('F1');
  await page.getByTestId('number-in-hand').getByText('B001', { exact: true }).waitFor();
  await page.getByRole('region', { name: '预审' }).getByText('已通过').waitFor({ timeout: 45_000 });
  await desk.clerk.waitForPerson('刘建国');
  expect(hall.visitors()).toMatchObject([{ number: 'B001', state: 'at-window', window: 7 }]);
});

test('the next visitor is another one, with the next number', async () => {
  const second = await hall.comeIn();
  expect(second).toMatchObject({ number: 'B002', state: 'waiting' });
});
