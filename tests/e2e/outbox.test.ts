import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { type LaunchedApp, launchApp } from '../fixtures/app.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { Clerk } from '../fixtures/clerk.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';
import { shoot } from '../fixtures/shots.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** A window of the real program whose backup folder takes nothing, and whose hub and centre come and go. */

const SMALL = { width: 1366, height: 768 };
const LARGE = { width: 3840, height: 2160 };

let hall: Awaited<ReturnType<typeof openRelayHall>>;
let display: Display;
let launched: LaunchedApp;
let config: string;
let dataDir: string;

const open = async (...args: string[]): Promise<void> => {
  launched = await launchApp({ display: display.name, dataDir, args: [`--config=${config}`, ...args] });
  await launched.page.setViewportSize(SMALL);
};

beforeAll(async () => {
  hall = await openRelayHall();
  const supervisor = { number: '3001', name: '李强', roles: ['SUP' as const], password: 'Yichuang-3001' };
  await upsertStaffOffline(hall.centre.dir, supervisor);
  await hall.startHub();
  config = path.join(hall.dir, 'terminal.jsonc');
  dataDir = path.join(hall.dir, 'terminal');
  const hub = { url: hall.hub.url, enrolmentCode: await hall.codeFor('W07') };
  // Below a file there is no folder.
  const backup = { folder: path.join(config, 'backups') };
  writeFileSync(config, JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, hub, backup }));
  display = await startXvfb(LARGE);
  await open();
});
afterAll(async () => {
  await launched?.stop();
  await display?.stop();
  await hall?.dispose();
});

const accept = async () =>
  (await callFromPage(launched.page, 'case.accept', { commandId: v7(), draft: acceptanceDraft() })).acceptance.number;

test('an alarm of the machine stands loudly above the page, with what to do, and behind one button all of them', async () => {
  const { page } = launched;
  await expect.poll(() => callFromPage(page, 'session.hello', {}).then(({ hasStaff }) => hasStaff)).toBe(true);
  await new Clerk(page).signIn('1001', 'Yichuang-1001');
  const band = page.getByRole('alert').filter({ hasText: '本机备份没有做成' });
  await band.getByText('请管理员检查备份文件夹的空间和权限').waitFor();
  await shoot(page, 'health-band-1366');
  await page.getByRole('button', { name: /本机告警 \d 项/ }).click();
  const list = page.getByRole('list', { name: '本机告警' });
  await list.getByText('数据密钥没有存放在安全的地方').waitFor();
  expect(await list.getByRole('button', { name: /知悉/ }).count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'health-list-1366');
  await page.keyboard.press('Escape');
});

test('with the hub gone one key shows what waits here, which case it is, why, until when and whom to ask', async () => {
  const { page } = launched;
  const clerk = new Clerk(page);
  await accept();
  await clerk.waitForLine(0, 1);
  await hall.hub.stop();
  const number = await accept();
  await page.getByText(/起与中心的连接中断/).waitFor();
  await clerk.press('Alt+o');
  const dialog = page.getByRole('dialog', { name: '待送清单' });
  const row = dialog.getByTestId('outbox-row').filter({ hasText: number.slice(-4) });
  await row.getByRole('cell', { name: '受理 王敏 办理' }).waitFor();
  for (const words of ['本机', '连接中断，恢复后自动送出', '网络管理员']) await row.getByText(words).waitFor();
  await row.getByText(/\d\d:\d\d 再试/).waitFor();
  expect(clerk.keys).toBe(1);
  expect(await dialog.getByRole('tab', { selected: true }).textContent()).toBe('待送 1');
  expect(await dialog.textContent()).not.toMatch(/张三|220402/);
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'outbox-1366');
  await page.setViewportSize(LARGE);
  await shoot(page, 'outbox-3840');
  await page.setViewportSize(SMALL);
});

test('what the hub holds moves to its own list while the page stands open, and leaves it once the centre has it', async () => {
  const { page } = launched;
  const clerk = new Clerk(page);
  const dialog = page.getByRole('dialog', { name: '待送清单' });
  await hall.centre.stop();
  await hall.hub.start();
  await dialog.getByRole('tab', { name: '已送出 1' }).waitFor({ timeout: 45_000 });
  await dialog.getByTestId('outbox-empty').getByText('没有待送的记录').waitFor();
  await shoot(page, 'outbox-empty-1366');
  await dialog.getByRole('tab', { selected: true }).focus();
  await clerk.press('ArrowRight');
  await dialog.getByTestId('outbox-row').getByText('大厅主机已存，正等它送到中心').waitFor();
  await hall.centre.start();
  await dialog.getByTestId('outbox-empty').getByText('大厅主机和中心没有替本机留着的记录').waitFor({ timeout: 45_000 });
  await clerk.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await clerk.waitForLine(0, 2);
});

test('the line in the bar opens the same list by Enter', async () => {
  const { page } = launched;
  const clerk = new Clerk(page);
  await page.getByTestId('sync-line').focus();
  await clerk.press('Enter');
  await page.getByRole('button', { name: /打开待送清单/ }).focus();
  await clerk.press('Enter');
  await page.getByRole('dialog', { name: '待送清单' }).waitFor();
  expect(clerk.keys).toBe(2);
  await clerk.press('Escape');
});

test('a supervisor sees the alarms among those of the hall, and says that they are known; the band is gone then', async () => {
  await launched.stop();
  await open('--role=supervisor');
  const { page } = launched;
  await page.getByLabel('工号').fill('3001');
  await page.getByLabel('密码').fill('Yichuang-3001');
  await page.keyboard.press('Enter');
  await page.getByText('W07：本机备份没有做成').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'board-machine-alarm-1366');
  await page.getByRole('button', { name: /看告警：W07：本机备份没有做成/ }).click();
  const band = page.getByRole('alert').filter({ hasText: '本机备份没有做成' });
  await band.waitFor();
  await page.getByRole('button', { name: '知悉：本机备份没有做成' }).click();
  await band.waitFor({ state: 'detached' });
  await page.getByRole('main').getByText('3001 于').waitFor();
  await page.getByRole('button', { name: '导出诊断包' }).click();
  await page.getByText(/没有 U 盘，已存到本机：.*yichuang-diagnose-W07-\d{8}-\d{4}\.zip/).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'overview-alarms-1366');
  await page.getByRole('tab', { name: '待送', exact: true }).click();
  await page.getByTestId('outbox-empty').or(page.getByTestId('outbox-row').first()).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'outbox-supervisor-1366');
});
