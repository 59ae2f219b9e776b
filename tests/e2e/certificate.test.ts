import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MethodInput, MethodName } from '../../contract/rpc.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { minimalDraft } from '../fixtures/acceptance.ts';
import { type BackOffice, openBackOffice } from '../fixtures/backOffice.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { type PrintSink, startPrintSink } from '../fixtures/printSink.ts';
import { shoot } from '../fixtures/shots.ts';

/** The print lane in the real program: a printer on a line, a sheet, a power cut, and a person who looks at the paper. */

let hall: Hall;
let sink: PrintSink;
let office: BackOffice;
const numbers: string[] = [];
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  sink = await startPrintSink();
  office = await openBackOffice(hall.demo);
  await hall.clerk.signIn('1001', 'Yichuang-1001');
  for (const location of ['龙山区东吉大街12号3单元402室', '西安区仙城街3号2单元501室', '龙山区南康街7号']) {
    numbers.push(await bookProof(location));
  }
  addPrinter();
  await hall.reopen(['--role=backoffice']);
}, 240_000);
afterAll(async () => {
  await office.stop();
  await hall.stop();
  await sink.close();
});

const page = (): Page => hall.launched.page;
const picture = (name: string) => shoot(page(), `print-${name}-1366`);
const press = (key: string) => page().keyboard.press(key);
const region = () => page().getByRole('article', { name: '办件' });
const blank = (n: number) => `Z${22_000_000_000 + n}`;

const call = <M extends MethodName>(method: M, input: MethodInput<M>) => callFromPage(page(), method, input);

/** From the window to the register; the proof waits for the printer. */
async function bookProof(location: string): Promise<string> {
  const item = findItem('A05');
  if (!item) throw new Error('no A05');
  const base = minimalDraft(item);
  const [owner] = base.parties;
  if (!owner) throw new Error('no owner');
  const parties = [owner, { ...owner, role: 'obligor' as const, name: '李娜', idNumber: '110101199003070011' }];
  const mortgage = { amountFen: 50_000_000, from: '2026-11-23', to: '2036-11-22' };
  const draft = { ...base, parties, mortgage, property: { ...base.property, location } };
  const { acceptance } = await call('case.accept', { commandId: v7(), draft });
  const { number } = acceptance;
  await office.settleLanes(number);
  await office.act(number, 'REV2', { transition: 'T23', data: { opinion: '同意' } });
  await office.act(number, 'APP', { transition: 'T24', data: { opinion: '核准' } });
  const certificates = [{ kind: 'proof' as const, holders: ['吉林银行股份有限公司辽源分行'] }];
  await office.act(number, 'BOOK', { transition: 'T27', data: { certificates } });
  await office.waitFor(number, 'BOOKED');
  return number;
}

function addPrinter(): void {
  const { configFile } = hall.demo.folder;
  const config = parse(readFileSync(configFile, 'utf8')) as { devices: Record<string, unknown> };
  config.devices.certificatePrinter = { driver: 'escp', port: sink.port, baudRate: 38_400 };
  writeFileSync(configFile, JSON.stringify(config));
}

async function signIn(number: string): Promise<void> {
  await page().getByLabel('工号').fill(number);
  await page().getByLabel('密码').fill(`Yichuang-${number}`);
  await press('Enter');
  await page().getByRole('navigation', { name: '待办' }).waitFor();
}

async function takeFirst(): Promise<void> {
  await page().getByRole('list', { name: '待办' }).getByRole('button').first().waitFor();
  await expect.poll(() => page().evaluate('document.activeElement.hasAttribute("data-case")')).toBe(true);
  await press('Enter');
  await region().waitFor();
  await press('Enter');
  await page().getByRole('button', { name: '领取', exact: true }).waitFor({ state: 'detached' });
  await expect.poll(() => page().evaluate('!!document.activeElement.closest("fieldset")')).toBe(true);
}

test('the page is seen beside the register before a sheet goes in, and a wrong sheet is refused in words', async () => {
  await signIn('2008');
  await takeFirst();
  await region()
    .getByRole('img', { name: /的打印预览/ })
    .waitFor();
  await picture('preview');
  expect(await findBarriers(page())).toEqual([]);
  await page().keyboard.type(blank(2));
  await press('Control+Enter');
  await page().getByRole('alert').getByText('这不是本窗口的下一张空白证').waitFor();
  await picture('not-next');
  expect(await findBarriers(page())).toEqual([]);
});

test('one key prints, the bytes are seen going, and then the paper is asked about', async () => {
  await region()
    .getByLabel(/的印制号/)
    .fill(blank(1));
  await press('Control+Enter');
  await region().getByRole('progressbar').waitFor();
  await picture('sending');
  expect(await findBarriers(page())).toEqual([]);
  await region().getByRole('heading', { name: '纸出来了吗？上面的号码是？' }).waitFor({ timeout: 60_000 });
  await expect.poll(() => page().evaluate('!!document.activeElement.closest("fieldset")')).toBe(true);
  await picture('question');
  expect(await findBarriers(page())).toEqual([]);
  await region().getByLabel('纸上的印制号').fill(blank(3));
  await region().getByText('与装入的那张不同').first().waitFor();
  await picture('question-wrong');
  await region().getByLabel('纸上的印制号').fill(blank(1));
  await press('Control+Enter');
  await page().getByRole('status').getByText('打印完好').waitFor();
});

test('after a power cut in the middle the sheet is asked about, and only the sheet', async () => {
  await takeFirst();
  await region()
    .getByLabel(/的印制号/)
    .fill(blank(2));
  await press('Control+Enter');
  await region().getByRole('progressbar').waitFor();
  await hall.cutPower();
  await hall.reopen(['--role=backoffice']);
  await signIn('2008');
  await page().getByRole('region', { name: '待看纸的打印' }).getByRole('cell', { name: '待看纸' }).waitFor();
  await picture('after-cut');
  expect(await findBarriers(page())).toEqual([]);
  await page().getByRole('region', { name: '待看纸的打印' }).getByRole('button').click();
  await region().getByText('打印中途断过').waitFor();
  await picture('unknown');
  expect(await findBarriers(page())).toEqual([]);
  await press('Control+Backspace');
  const dialog = page().getByRole('dialog', { name: '卡纸或打坏' });
  await dialog.waitFor();
  await dialog.getByLabel('第二人').selectOption('1001');
  await picture('spoil');
  expect(await findBarriers(page())).toEqual([]);
  await dialog.getByRole('button', { name: /作废/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await region()
    .getByText(`已作废 ${blank(2)}`)
    .waitFor();
  await picture('again');
});

test('the supervisor sees three sides of the day, and what still waits for a look', async () => {
  // Voided, the task is free again.
  await press('Enter');
  await expect.poll(() => page().evaluate('!!document.activeElement.closest("fieldset")')).toBe(true);
  await region()
    .getByLabel(/的印制号/)
    .fill(blank(3));
  await press('Control+Enter');
  await region().getByRole('heading', { name: '纸出来了吗？上面的号码是？' }).waitFor({ timeout: 60_000 });
  await hall.reopen(['--role=supervisor']);
  await page().getByRole('tab', { name: '空白证' }).click();
  await page().getByLabel('工号').fill('9001');
  await page().getByLabel('密码').fill('Yichuang-9001');
  await press('Enter');
  const row = page()
    .getByRole('region', { name: '各窗口' })
    .getByRole('row', { name: /W07 证明/ });
  await row.getByText('2 / 3').waitFor();
  await page().getByRole('region', { name: '待看纸的打印' }).getByText(blank(3)).waitFor();
  await picture('supervisor');
  expect(await findBarriers(page())).toEqual([]);
});
