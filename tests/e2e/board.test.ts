import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type BoardHall, bookTomorrow, openBoardHall } from '../fixtures/boardHall.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { TAKE } from '../fixtures/queueDesk.ts';
import { shoot } from '../fixtures/shots.ts';

/** The supervisor's board in the real program with a real hub; the windows speak to it as programs of their own. */

const TAKE_B = { ...TAKE, queue: 'B' } as const;

let hall: Hall;
let others: BoardHall;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768, args: ['--role=supervisor'] });
  others = await openBoardHall(hall.demo, ['W01', 'W02', 'W03', 'W04', 'W09']);
});
afterAll(async () => {
  others?.stop();
  await hall?.stop();
});

const page = (): Page => hall.launched.page;
const tab = (name: string) => page().getByRole('tab', { name, exact: true }).click();
const tile = (number: number): Locator => page().getByRole('button', { name: new RegExp(`^${number} 号\\s*窗口，`) });
const region = (name: string): Locator => page().getByRole('region', { name, exact: true }).first();
const dialog = (name: string | RegExp): Locator => page().getByRole('dialog', { name });

async function inspect(name: string): Promise<void> {
  await shoot(page(), `board-${name}-1366`);
  expect(await findBarriers(page())).toEqual([]);
}

/** All of the page is in sight. */
function hasNoScroll(): Promise<boolean> {
  return page().evaluate<boolean>(
    "(([main]) => main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth)(document.getElementsByTagName('main'))",
  );
}

async function done(name: string | RegExp): Promise<void> {
  await page().keyboard.press('Enter');
  await dialog(name).waitFor({ state: 'detached' });
}

test('the board asks who is there; before anything happened it says so, and fits the smallest screen', async () => {
  await page().getByText('值班主任请先登录').waitFor();
  await inspect('sign-in');
  await page().getByLabel('工号').fill('9001');
  await page().getByLabel('密码').fill('Yichuang-9001');
  await page().keyboard.press('Enter');
  await tile(18).waitFor();
  await page().getByText('今天还没有取号').waitFor();
  await inspect('empty');
  await page().emulateMedia({ colorScheme: 'dark' });
  await inspect('empty-dark');
  await page().emulateMedia({ colorScheme: 'light' });
});

test('what happens at the windows stands on the board, and nothing of it makes the page scroll', async () => {
  for (let count = 0; count < 5; count += 1) await others.take();
  await others.take({ class: 'priority' });
  await others.open('W01', '1001');
  await others.open('W02', '1002');
  await others.open('W03', '1001', 'paused');
  await others.serve('W01', '1001', { grade: 5 });
  await others.serve('W01', '1001', { grade: 1 });
  await others.serve('W01', '1001');
  await tile(1).getByText('办理 0 分').waitFor();
  await page()
    .getByRole('button', { name: /^1 号\s*窗口，开放， B00\d 示例1001 办理 0 分$/ })
    .waitFor();
  await tile(3).getByText('用餐').waitFor();
  await region('等候')
    .getByRole('button', { name: /非涉税 等候 3/ })
    .waitFor();
  await region('今日').getByRole('button', { name: '取号 6' }).waitFor();
  await region('今日').getByRole('button', { name: '办结 2' }).waitFor();
  expect(await hasNoScroll()).toBe(true);
  await inspect('morning');
  await page().emulateMedia({ colorScheme: 'dark' });
  await inspect('morning-dark');
  await page().emulateMedia({ colorScheme: 'light' });
  await page().setViewportSize({ width: 3840, height: 2160 });
  await shoot(page(), 'board-morning-3840');
  await page().setViewportSize({ width: 1366, height: 768 });
});

test('a silent window is an alarm with one action: its tickets go back to the others, for a reason', async () => {
  others.fallSilent('W02');
  const alarm = region('告警').getByRole('button', { name: /交还号票：W02 失联/ });
  await alarm.waitFor({ timeout: 45_000 });
  await tile(2).getByText('失联').first().waitFor();
  await inspect('silent');
  await alarm.click();
  await dialog('交还 W02 的号票').getByText('请写原因').waitFor();
  await dialog('交还 W02 的号票').getByRole('button', { name: '机器已关' }).click();
  await inspect('release');
  await done('交还 W02 的号票');
  await region('告警')
    .getByRole('button', { name: /知悉：W02 失联/ })
    .click();
  await dialog('知悉告警').getByLabel('说明').fill('已派人去看');
  await done('知悉告警');
  await region('告警').getByText('蒋华', { exact: false }).first().waitFor();
});

const wrong = (code: string, level: 'stop' | 'over' | 'near', minutes: number) => ({
  ...{ code, level, known: null },
  ageMs: minutes * 60_000,
});

test('what is wrong with other machines stands among the alarms, and is known with a name', async () => {
  await others.at('K01').report([wrong('disk-full', 'stop', 3), wrong('version-old', 'near', 90)]);
  await others.at('W04').report([wrong('backup-failed', 'over', 62), wrong('of-tomorrow', 'over', 5)]);
  const alarms = region('告警');
  await alarms.getByText('K01：本机磁盘已满，请停止受理新件').waitFor();
  for (const words of [
    'W04：本机备份没有做成',
    'W04：有一项告警，请到该机查看（of-tomorrow）',
    'K01：本机程序版本太旧',
  ])
    await alarms.getByText(words, { exact: false }).waitFor();
  await inspect('machines');
  await page().emulateMedia({ colorScheme: 'dark' });
  await inspect('machines-dark');
  await page().emulateMedia({ colorScheme: 'light' });
  await alarms.getByRole('button', { name: /^知悉：W04：本机备份没有做成/ }).click();
  await dialog('知悉告警').getByLabel('说明').fill('已派人去看');
  await done('知悉告警');
  await alarms
    .getByRole('listitem')
    .filter({ hasText: 'W04：本机备份没有做成' })
    .getByText(/蒋华 .*已知悉.*已派人去看/)
    .waitFor();
});

test('one press leads to the machines of the hall; one that is lost is taken out of service for a reason', async () => {
  await region('告警')
    .getByRole('button', { name: /^看机器：K01：本机磁盘已满/ })
    .click();
  const row = (terminal: string): Locator => page().getByTestId(`machine-${terminal}`);
  await row('K01').getByText('在线').waitFor();
  await row('K01').getByRole('list', { name: 'K01 的告警' }).getByText('本机磁盘已满，请停止受理新件').waitFor();
  await row('W04').getByText('蒋华').waitFor();
  await row('W01').getByText('未联系').waitFor();
  await row('W07').getByText('本机', { exact: true }).waitFor();
  expect(await row('W07').getByRole('button').count()).toBe(0);
  await inspect('machine-list');
  await row('W04').getByRole('button', { name: '停用 W04' }).click();
  await dialog('停用 W04 窗口').getByText('请写原因').waitFor();
  await dialog('停用 W04 窗口').getByRole('button', { name: '机器丢失或被盗' }).click();
  await inspect('machine-revoke');
  await done('停用 W04 窗口');
  await row('W04')
    .getByText(/蒋华 .* 停用/)
    .waitFor();
  await row('W04').getByText('机器丢失或被盗').waitFor();
  await page().emulateMedia({ colorScheme: 'dark' });
  await inspect('machine-list-dark');
  await page().emulateMedia({ colorScheme: 'light' });
  await expect(others.at('W04').report()).rejects.toThrow();
  await tab('大厅');
  await tile(1).waitFor();
  expect(await region('告警').getByText('W04：').count()).toBe(0);
});

test('every figure opens the list behind it, and a ticket tells its story in sentences', async () => {
  await tile(1).click();
  await page().getByText('共 3 张').waitFor();
  await inspect('tickets');
  await page()
    .getByRole('button', { name: /^查看 V001/ })
    .click();
  const story = dialog('V001 的经过');
  await story.getByText('在自助机取号，非涉税，优先').waitFor();
  await story.getByText(/1 号窗口 王敏 叫号（优先号，已等 0 分钟，当时可叫 \d 人）/).waitFor();
  await story.getByText('这张号票已结束').waitFor();
  await inspect('story');
  await page().keyboard.press('Escape');
  await page().getByRole('button', { name: '导出 CSV' }).click();
  await page()
    .getByText(/已导出 6 张/)
    .waitFor();
});

test('a ticket is raised, moved and voided, each for a reason', async () => {
  await page().getByLabel('状态').selectOption('等候');
  await page().getByLabel('窗口').selectOption('全部');
  await page().getByText('共 3 张').waitFor();
  await page().getByRole('button', { name: '查看 B005' }).click();
  await dialog('B005 的经过').getByRole('button', { name: '提前' }).click();
  await dialog('提前 B005').getByRole('button', { name: '行动不便' }).click();
  await inspect('raise');
  await done('提前 B005');
  await dialog('B005 的经过').getByText('提前：行动不便').waitFor();
  await others.open('W09', '1001');
  await dialog('B005 的经过').getByRole('button', { name: '转队列或窗口' }).click();
  await dialog('转移 B005').getByLabel('队列').selectOption('A 涉税');
  await dialog('转移 B005').getByLabel('窗口').selectOption('9 号窗口');
  await dialog('转移 B005').getByRole('button', { name: '取错队列' }).click();
  await done('转移 B005');
  await dialog('B005 的经过').getByText('转到涉税，由 W09 办理：取错队列').waitFor();
  await dialog('B005 的经过').getByRole('button', { name: '作废' }).click();
  await dialog('作废 B005').getByRole('button', { name: '本人放弃' }).click();
  await done('作废 B005');
  await dialog('B005 的经过').getByText('作废：误取，本人放弃').waitFor();
  await page().keyboard.press('Escape');
  await page().getByText('共 2 张').waitFor();
});

test('a queue stops giving numbers and gives them again; the closing of the day is announced', async () => {
  await tab('大厅');
  await region('等候').getByRole('button', { name: '停止取号 B 非涉税' }).click();
  await dialog('停止取号：B 非涉税').getByRole('button', { name: '窗口不足' }).click();
  await done('停止取号：B 非涉税');
  await region('等候').getByText('已停止取号').waitFor();
  expect(await others.at('K01').ask(TAKE_B, { actor: 'kiosk' })).toBe('issuing-stopped');
  await region('等候').getByRole('button', { name: '恢复取号 B 非涉税' }).click();
  await done('恢复取号：B 非涉税');
  await others.take();
  await page().getByRole('button', { name: '今日停止取号' }).click();
  await inspect('closing');
  await done('今日停止取号');
  await region('等候').getByText('今日取号已结束').waitFor();
  expect(await others.at('K01').ask(TAKE_B, { actor: 'kiosk' })).toBe('issuing-stopped');
});

test('a bad mark is worked on: contact, then an end; only totals are shown', async () => {
  await tab('评价');
  const orders = region('差评待办');
  await orders.getByRole('button', { name: /^登记联系/ }).click();
  await dialog(/^登记联系/)
    .getByLabel('情况')
    .fill('电话致歉');
  await done(/^登记联系/);
  await orders.getByText('电话致歉').waitFor();
  await inspect('ratings');
  await orders.getByRole('button', { name: /^办结差评/ }).click();
  await dialog(/^办结差评/)
    .getByLabel('情况')
    .fill('已加开窗口');
  await done(/^办结差评/);
  await orders.getByText('没有待办的差评').waitFor();
  await region('各等次').getByText('邀请评价 2 次').waitFor();
});

test('appointments are found by code, seen whole on request, and called off for a reason', async () => {
  await bookTomorrow(hall.demo);
  await tab('预约');
  await page().getByRole('button', { name: '七天内' }).click();
  await page().getByText('共 3 个').waitFor();
  await region('上门服务').getByText('王敏、李强 携 W21').waitFor();
  await inspect('appointments');
  await page().getByLabel('预约码或手机尾号').fill('0002');
  await page().getByText('共 1 个').waitFor();
  await page().getByText('138****0002').waitFor();
  await page().getByRole('button', { name: '查看电话 22220000' }).click();
  await page().getByText('13800000002').waitFor();
  await page().getByRole('button', { name: '取消预约 22220000' }).click();
  await dialog('取消预约 22220000').getByRole('button', { name: '本人要求' }).click();
  await done('取消预约 22220000');
  await page().getByText('已取消').waitFor();
  await page().getByLabel('预约码或手机尾号').fill('9999');
  await page().getByText('没有找到这个预约码或手机尾号').waitFor();
});

test('the plan is a draft until it is put in force, and what is wrong stands beside the button', async () => {
  await tab('窗口设置');
  await page().getByText('没有改动').waitFor();
  await page().getByLabel('窗口号，2 号窗口').fill('1');
  await page().getByText('窗口号 1 重复').waitFor();
  await page().getByRole('button', { name: '放弃改动' }).click();
  await page()
    .getByRole('button', { name: /^1 号窗口办理\s*A\s*涉税$/ })
    .click();
  await page()
    .getByRole('button', { name: /^1 号窗口办理\s*A\s*涉税\s*，第\s*2$/ })
    .waitFor();
  await page().getByLabel('挂起最长').fill('121');
  await page().getByText('规则“挂起最长”超出范围').waitFor();
  expect(await page().evaluate<boolean>('document.body.scrollHeight <= innerHeight')).toBe(true);
  await inspect('plan');
  await page().getByLabel('挂起最长').fill('20');
  await page().getByText('2 处改动').waitFor();
  await page().getByRole('button', { name: '生效' }).click();
  await done('窗口设置生效');
  await page()
    .getByText(/蒋华 .* 改过/)
    .waitFor();
});

test('when the hub is away the board stays, says so first, and orders wait', async () => {
  await tab('大厅');
  await hall.demo.setCentre(false);
  await region('告警').getByText('与大厅主机的连接中断').waitFor({ timeout: 60_000 });
  await inspect('hub-away');
  await page().getByRole('button', { name: '恢复取号', exact: true }).click();
  await page().keyboard.press('Enter');
  await dialog('恢复取号').getByRole('alert').waitFor();
  await page().keyboard.press('Escape');
});
