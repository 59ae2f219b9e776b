import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from '../fixtures/app.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';
import { shoot } from '../fixtures/shots.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** The supervisor's page of the hubs: who decides, who follows, and the take-over after the plug was pulled. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let active: Awaited<ReturnType<typeof hall.addProcess>>;
let standby: typeof active;
let display: Display;
let app: LaunchedApp;

beforeAll(async () => {
  hall = await openRelayHall();
  ({ active, standby } = await hall.addPair());
  const config = path.join(hall.dir, 'supervisor.jsonc');
  const hub = { url: active.url, standby: [standby.url], enrolmentCode: await hall.codeFor('Z01') };
  writeFileSync(config, JSON.stringify({ terminal: { id: 'Z01', role: 'supervisor', hall: 'main' }, hub }));
  display = await startXvfb();
  app = await launchApp({ display: display.name, args: [`--config=${config}`] });
  await app.page.setViewportSize({ width: 1366, height: 768 });
});
afterAll(async () => {
  await app?.stop();
  await display?.stop();
  await hall?.dispose();
});

test('shows both hubs, and lets the standby take over when the active one is gone', async () => {
  const { page } = app;
  await expect.poll(() => callFromPage(page, 'session.hello', {}).then(({ hasStaff }) => hasStaff)).toBe(true);
  await page.getByLabel('工号').fill('3001');
  await page.getByLabel('密码').fill('Yichuang-3001');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: '总览' }).click();
  const hubs = page.getByRole('region', { name: '大厅主机' });
  const row = (url: string) => hubs.getByRole('row').filter({ hasText: url });
  await row(active.url).getByText('当值').waitFor();
  await row(standby.url).getByText('备用，正在跟随').waitFor();
  await hubs.scrollIntoViewIfNeeded();
  await shoot(page, 'hubs-1366');
  expect(await findBarriers(page)).toEqual([]);

  await active.kill();
  await row(active.url).getByText('没有应答').waitFor({ timeout: 45_000 });
  await hubs.getByRole('button', { name: '接管' }).click();
  const dialog = page.getByRole('dialog', { name: '由备用主机接管' });
  await dialog.getByRole('textbox').fill('主机断电');
  await shoot(page, 'hubs-take-over-1366');
  await dialog.getByRole('button', { name: '接管' }).click();
  await dialog.waitFor({ state: 'detached', timeout: 45_000 });
  await row(standby.url).getByText('当值').waitFor({ timeout: 45_000 });
});
