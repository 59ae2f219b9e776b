import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** What supervisors and auditors read and do, in the real program with a real centre. */

let hall: Hall;
let number: string;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  await page().getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
  hall.demo.reader.layCard('zhangsan');
  await hall.clerk.waitForPerson('张三');
  hall.demo.reader.liftCard();
  await hall.clerk.fillIn({ item: 'A05', location: '龙山区东吉大街12号3单元402室' });
  number = await hall.clerk.accept();
  await hall.clerk.waitForLine(0, 1);
  await hall.reopen(['--role=supervisor']);
});
afterAll(() => hall.stop());

const page = (): Page => hall.launched.page;
const tab = (name: string) => page().getByRole('tab', { name }).click();

async function inspect(name: string): Promise<void> {
  await shoot(page(), `oversight-${name}-1366`);
  expect(await findBarriers(page())).toEqual([]);
}

async function signIn(staff: string): Promise<void> {
  await page().getByLabel('工号').fill(staff);
  await page().getByLabel('密码').fill(`Yichuang-${staff}`);
  await page().keyboard.press('Enter');
  await page().getByText(staff).first().waitFor();
}

test('the meter of one visit asks who is there, counts the case, and says so when there is none', async () => {
  await tab('一次办成');
  await signIn('9001');
  await page().getByText('受理 1 件，办结 0 件').waitFor();
  await page()
    .getByRole('region', { name: '按事项' })
    .getByRole('rowheader', { name: /A05 一般抵押/ })
    .waitFor();
  await inspect('visits');
  await page().getByLabel('到', { exact: true }).fill('2018-05-23');
  await page().getByText('且前一个不晚于后一个').waitFor();
  await page().getByLabel('受理日期 从').fill('2018-05-23');
  await page().getByText('这些天没有受理的办件').waitFor();
  await inspect('visits-empty');
});

test('nothing is late yet, and the page says that', async () => {
  await tab('超时办件');
  await page().getByText('这些天受理的办件没有超时的').waitFor();
  await inspect('overdue-empty');
});

test('an outage of the hall is entered with its proof, stands in the list, and is ended', async () => {
  await tab('暂停计时');
  await page().getByText('没有暂停过计时').waitFor();
  await page().getByRole('button', { name: '全厅暂停' }).click();
  const dialog = page().getByRole('dialog', { name: '全厅暂停' });
  await dialog.getByText('请填原因').waitFor();
  await dialog.getByLabel('起', { exact: true }).fill('2031-01-01 10:00');
  await dialog.getByText('时间写作 2026-11-23 10:00').waitFor();
  await dialog.getByLabel('起', { exact: true }).fill('2026-01-05 10:00');
  await dialog.getByRole('button', { name: '中心系统故障' }).click();
  await dialog.getByLabel('依据').fill('故障单 2026-01');
  await inspect('outage-dialog');
  await page().keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const row = page().getByRole('row', { name: /全厅/ });
  await row.getByText('仍在持续').waitFor();
  await inspect('outages');
  await row.getByRole('button', { name: /^结束/ }).click();
  await page().getByRole('dialog', { name: '结束暂停' }).waitFor();
  await page().keyboard.press('Enter');
  await row.getByText('仍在持续').waitFor({ state: 'detached' });
});

test('one case is stopped by its number, and a number that is none says so', async () => {
  await page().getByRole('button', { name: '单件暂停' }).click();
  const dialog = page().getByRole('dialog', { name: '单件暂停' });
  await dialog.getByLabel('受理编号').fill('20180523079999');
  await dialog.getByRole('button', { name: '网络中断' }).click();
  await dialog.getByLabel('依据').fill('值班记录 1');
  await page().keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('没有找到这个办件').waitFor();
  await dialog.getByLabel('受理编号').fill(number);
  await page().keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page()
    .getByRole('row', { name: /网络中断/ })
    .getByText('仍在持续')
    .waitFor();
});

test('the log is the auditor’s alone: filters, what was refused, and page by page', async () => {
  await tab('审计日志');
  await page().getByText('这一页只由审计人员查看').waitFor();
  await page().getByRole('button', { name: /退出/ }).click();
  await signIn('9101');
  await page()
    .getByRole('cell', { name: /登记暂停计时/ })
    .first()
    .waitFor();
  await page().getByText('没有更早的记录').waitFor();
  await inspect('audit');
  await page().getByLabel('工号').fill('1001');
  await page()
    .getByRole('cell', { name: /登记暂停计时/ })
    .first()
    .waitFor({ state: 'detached' });
  await page().getByRole('cell', { name: /^受理/ }).waitFor();
  await page().getByLabel('内容').selectOption('空白证');
  await page().getByText('没有符合条件的记录').waitFor();
  await inspect('audit-empty');
  await page().getByLabel('内容').selectOption('全部');
  await page().getByLabel('工号').fill('');
  await page().getByLabel('只看被拒的').check();
  await page().getByText('没有符合条件的记录').waitFor();
  await tab('一次办成');
  await page().getByText('这一页由值班主任查看').waitFor();
});
