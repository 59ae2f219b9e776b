import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** The supervisor's stock of blank certificates in the real program, with a real centre. */

let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  await hall.reopen(['--role=supervisor']);
});
afterAll(() => hall.stop());

const page = (): Page => hall.launched.page;
const section = (name: string) => page().getByRole('region', { name, exact: true });

test('nobody moves blanks without signing in; the supervisor sees the store and every drawer', async () => {
  await page().getByRole('tab', { name: '空白证' }).click();
  await page().getByLabel('工号').fill('9001');
  await page().getByLabel('密码').fill('Yichuang-9001');
  await page().keyboard.press('Enter');
  await section('库房').getByText('不动产权证书 50 本').waitFor();
  const row = section('各窗口').getByRole('row', { name: /W07 证书/ });
  expect(await row.getByRole('cell').allTextContents()).toEqual([
    '证书',
    '0',
    '50',
    '0',
    '0',
    '0',
    '0',
    '50',
    '0',
    '0 / 0',
    '未盘点',
  ]);
  await shoot(page(), 'blanks-1366');
  expect(await findBarriers(page())).toEqual([]);
});

test('a delivery that overlaps a known one is refused in words, and a new one goes into the store', async () => {
  await page().getByRole('button', { name: '入库' }).click();
  const dialog = page().getByRole('dialog', { name: '空白证入库' });
  await dialog.getByLabel('起始号').fill('D22000000200');
  await dialog.getByLabel('数量').fill('100');
  await page().keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('号段中有已经入过库的印制号').waitFor();
  await shoot(page(), 'blanks-known-1366');
  expect(await findBarriers(page())).toEqual([]);
  await dialog.getByLabel('起始号').fill('NO. D22000000201');
  await page().keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await section('库房').getByText('不动产权证书 150 本').waitFor();
});

test('a blank is spoiled with a second person, stands in the list with its reason, and its history can be read', async () => {
  await page().getByRole('button', { name: '作废', exact: true }).click();
  const dialog = page().getByRole('dialog', { name: '空白证作废' });
  await dialog.getByLabel('印制号').fill('D22000000001');
  await dialog.getByLabel('原因').selectOption('jam');
  await dialog.getByLabel('第二人').selectOption('2008');
  await page().keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const row = section('作废').getByRole('row', { name: /D22000000001/ });
  await row.getByText('卡纸').waitFor();
  await row.getByText('蒋华、陈刚').waitFor();
  await shoot(page(), 'blanks-void-1366');

  await page().getByLabel('查印制号').fill('D22000000001');
  await page().keyboard.press('Enter');
  const history = page().getByRole('dialog', { name: 'D22000000001 的全部经过' });
  await history.getByRole('row', { name: /入库/ }).waitFor();
  expect(await history.getByRole('rowheader').allTextContents()).toEqual(['入库', '领用', '作废']);
  await shoot(page(), 'blanks-history-1366');
  expect(await findBarriers(page())).toEqual([]);
  await page().keyboard.press('Escape');

  await row.getByRole('button', { name: '撤销' }).click();
  await page().getByLabel('说明').fill('认错号');
  await page().keyboard.press('Enter');
  await section('作废').getByText('没有作废的空白证').waitFor();
});
