import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { type LaunchedApp, launchApp } from '../fixtures/app.ts';
import { Clerk } from '../fixtures/clerk.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';
import { shoot } from '../fixtures/shots.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** A window of the real program whose hub stands between it and the centre. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let display: Display;
let window: LaunchedApp;

beforeAll(async () => {
  hall = await openRelayHall();
  await hall.startHub();
  const config = path.join(hall.dir, 'terminal.jsonc');
  const hub = { url: hall.hub.url, enrolmentCode: await hall.codeFor('W07') };
  writeFileSync(config, JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, hub }));
  display = await startXvfb();
  window = await launchApp({ display: display.name, args: [`--config=${config}`] });
  await window.page.setViewportSize({ width: 1366, height: 768 });
});
afterAll(async () => {
  await window?.stop();
  await display?.stop();
  await hall?.dispose();
});

test('the top bar says what is at the hub only, and no longer once the centre has it', async () => {
  const { page } = window;
  const clerk = new Clerk(page);
  await expect.poll(() => callFromPage(page, 'session.hello', {}).then(({ hasStaff }) => hasStaff)).toBe(true);
  await clerk.signIn('1001', 'Yichuang-1001');
  const accept = () => callFromPage(page, 'case.accept', { commandId: v7(), draft: acceptanceDraft() });
  await accept();
  await clerk.waitForLine(0, 1);
  await hall.centre.stop();
  const { number } = (await accept()).acceptance;
  const line = page.getByRole('button', { name: '同步：已存本机 0，已存大厅 1，已入中心 1' });
  await line.waitFor();
  await page.getByText('大厅', { exact: true }).first().waitFor();
  await line.click();
  await page.getByText('大厅待送记录').waitFor();
  await page.getByText('已连大厅，中心未应答').waitFor();
  await shoot(page, 'at-hall-1366');
  await hall.centre.start();
  await clerk.waitForLine(0, 2);
  const found = await callFromPage(page, 'case.search', { text: number });
  expect(found.rows.map(({ place }) => place)).toEqual(['centre']);
  expect(await page.getByText('大厅', { exact: true }).count()).toBe(0);
});
