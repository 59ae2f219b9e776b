import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { renderPng } from '../../native/simulator/escpos/render.ts';
import type { Slip } from '../../native/simulator/escpos/slip.ts';
import { call } from '../fixtures/attempts.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { enrolTerminal } from '../fixtures/queueDesk.ts';
import { shoot } from '../fixtures/shots.ts';
import { touch } from '../fixtures/touch.ts';

/** The kiosk in the real program: from the card to the ticket, on every size it is sold for (faces.md, kiosk). */

const SIZES = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  small: { width: 1366, height: 768 },
} as const;
/** Less is refused by the elder rules for applications (users.md §B.3). */
const LEAST_TEXT = { usual: 18, elder: 30 };

let folder: string;
let hall: Hall;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-kiosk-'));
  hall = await openHall({ role: 'prereview', width: 1920, height: 1920, resize: false });
  page = hall.launched.page;
  await openIssue();
  await start().waitFor();
});
afterAll(async () => {
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});
/** Whatever the test before left: nobody is signed in and nobody is here. */
beforeEach(async () => {
  await page.setViewportSize(SIZES.small);
  hall.demo.printer.setFault(null);
  hall.demo.reader.liftCard();
  await call(page, 'session.logout');
  await page.reload();
  await start().waitFor();
});

/** Whatever day and hour it is, the hall gives numbers. */
async function openIssue(): Promise<void> {
  const { demo } = hall;
  const createEnrolmentCode = ({ terminal }: { terminal: string }) =>
    createEnrolmentCodeOffline(demo.folder.centreDir, { terminal });
  const desk = await enrolTerminal({ url: demo.centreUrl, createEnrolmentCode } as never, 'D01');
  const stop = { queue: 'all', reason: '测试开放', force: 'open' } as const;
  const opened = await desk.ask({ kind: 'issue', queue: 'all', stop }, { actor: '9001' });
  if (typeof opened === 'string') throw new Error(opened);
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const start = (): Locator => button(/^开始/);
const question = (): Locator => page.locator('#question');

async function lay(card: string): Promise<void> {
  await start().click();
  await page.getByRole('heading', { name: '请把身份证平放在读卡区' }).waitFor();
  hall.demo.reader.layCard(card);
  await page.getByRole('heading', { name: /您要办什么|您今天来过/ }).waitFor();
  hall.demo.reader.liftCard();
}

/** Looks at the screen as it stands in every size. */
async function inspect(name: string, least = LEAST_TEXT.usual): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await shoot(page, `kiosk-${name}-${size}`);
    const { small, text, overflowing } = await touch(page);
    expect(small, `${name} ${size}`).toEqual([]);
    expect(text.size, `${name} ${size}: ${text.says}`).toBeGreaterThanOrEqual(least);
    expect(overflowing, `${name} ${size}`).toEqual([]);
  }
  expect(await findBarriers(page), name).toEqual([]);
}

async function chooseRelease(): Promise<void> {
  await button(/^抵押、解押/).click();
  await button(/^还清了，解除抵押/).click();
}

function scan(slip: Slip | undefined): string[] {
  if (!slip) throw new Error('no slip came out');
  const file = path.join(folder, 'slip.png');
  writeFileSync(file, renderPng(slip.ops));
  return execFileSync('zbarimg', ['-q', file], { encoding: 'utf8' }).trim().split('\n').sort();
}

const slips = () => hall.demo.printer.slips();

describe('somebody who has everything', () => {
  test('passes at most seven screens, and takes a ticket a scanner reads', async () => {
    const before = slips().length;
    const screens: string[] = [];
    const pass = async (name: string): Promise<void> => {
      screens.push(name);
      await inspect(name);
    };
    await inspect('idle');
    await start().click();
    await page.getByRole('heading', { name: '请把身份证平放在读卡区' }).waitFor();
    await pass('card');
    hall.demo.reader.layCard('zhangsan');
    await page.getByRole('heading', { name: '您要办什么' }).waitFor();
    hall.demo.reader.liftCard();
    await pass('tiles');
    await button(/^抵押、解押/).click();
    await page.getByRole('heading', { name: '抵押、解押' }).waitFor();
    await pass('subtiles');
    await button(/^还清了，解除抵押/).click();
    await page.getByRole('heading', { name: '有下面的情况吗' }).waitFor();
    await pass('circumstances');
    await button('都没有').click();
    await page.getByRole('heading', { name: '材料都带了吗' }).waitFor();
    await pass('papers');
    await button('都带了').click();
    await page.getByTestId('ticket-number').waitFor();
    await pass('result');
    expect(screens.length).toBeLessThanOrEqual(7);

    const number = await page.getByTestId('ticket-number').innerText();
    expect(number).toMatch(/^B\d{3}$/);
    await page.getByText('请取走小票和预审合格单').waitFor();
    const [ticket, passSlip] = slips().slice(before);
    expect(ticket?.lines.join(' ')).toContain(number);
    expect(scan(ticket).join(' ')).toMatch(new RegExp(`CODE-128:T\\d{8}${number} QR-Code:T\\d{8}${number}`));
    expect(scan(passSlip).join(' ')).toMatch(/CODE-128:Y\d{14} QR-Code:YC1\*/);
    // Nobody stands here by name.
    expect(await page.locator('body').innerText()).not.toMatch(/张三|\d{17}/);
    await button('完成').click();
    await start().waitFor();
  });
});

test('who lacks papers answers one by one, sees a sample, and takes the notice', async () => {
  const before = slips().length;
  await lay('lina');
  await chooseRelease();
  await button(/替别人来办/).click();
  await button(/选好了/).click();
  await button('有没带的，一样一样看').click();
  await question().getByText('带了“').waitFor();
  await inspect('paper');
  await button('看样本').click();
  await page.getByRole('dialog', { name: /样本/ }).waitFor();
  await inspect('sample');
  await button('看好了').click();
  const count = Number((await page.getByText(/^1 \/ \d$/).innerText()).slice(-1));
  for (let index = 0; index < count; index++) {
    await page.getByText(`${index + 1} / ${count}`).waitFor();
    await button('没有').click();
  }
  await page.getByRole('heading', { name: `还缺 ${count} 样材料` }).waitFor();
  await page.getByText('请取走告知单').waitFor();
  await inspect('missing');
  expect(slips()).toHaveLength(before + 1);
  expect(slips().at(-1)?.lines.join('').replaceAll(' ', '')).toContain('一次性告知单');
  await button('完成').click();

  // The same day, with the same card.
  await lay('lina');
  await page.getByRole('heading', { name: '您今天来过' }).waitFor();
  await inspect('resume');
  await button('返回').click();
  await start().waitFor();
});

test('who is sixty or older sees big type from the card on, on every screen', async () => {
  await lay('wangfang');
  await inspect('elder-tiles', LEAST_TEXT.elder);
  await button(/^买卖、过户/).click();
  await button(/^二手房过户/).click();
  await page.getByRole('heading', { name: '有下面的情况吗' }).waitFor();
  await inspect('elder-circumstances', LEAST_TEXT.elder);
  await button(/有抵押/).click();
  await button(/选好了/).click();
  await page.getByRole('heading', { name: '材料都带了吗' }).waitFor();
  await inspect('elder-papers', LEAST_TEXT.elder);
  await button('有没带的，一样一样看').click();
  await inspect('elder-paper', LEAST_TEXT.elder);
  await button('退出').click();
  await start().waitFor();
  // By one key, for who comes without a card.
  await button('大字').click();
  await inspect('elder-idle', LEAST_TEXT.elder);
  await button('标准字').click();
});

test('a number pad takes who has no card, and says what is wrong', async () => {
  await start().click();
  await button('没带身份证，输入号码').click();
  for (const digit of '220402199003071230') await button(digit).click();
  await button('确定').click();
  await page.getByRole('alert').getByText('校验位不符').waitFor();
  await inspect('number');
  await button('删除').click();
  await button('1').click();
  await button('确定').click();
  await page.getByRole('heading', { name: '您要办什么' }).waitFor();
  await button('退出').click();
  await start().waitFor();
});

test('help is called from any screen, and stands in the hall’s records', async () => {
  await lay('zhangsan');
  await button('求助').click();
  await page.getByRole('dialog', { name: '已呼叫工作人员' }).waitFor();
  await inspect('help');
  await button('知道了').click();
  await page.getByRole('heading', { name: '您要办什么' }).waitFor();
  await button('退出').click();
});

test('without paper the number stands on the screen and stays valid', async () => {
  hall.demo.printer.setFault('paper-out');
  await page.getByText('打印机暂时不能出票').waitFor();
  await inspect('no-paper-idle');
  await lay('wangfang');
  await button(/^补证、换证/).click();
  await button(/^姓名、证件号变了/).click();
  await button('都没有').click();
  await button('都带了').click();
  await page.getByTestId('ticket-number').waitFor();
  await page.getByText('没有打出来，号码有效').waitFor();
  await inspect('not-printed', LEAST_TEXT.elder);
  await button('完成').click();
});

describe('with staff', () => {
  test('gives numbers without pre-review, and prints one again', async () => {
    await button('工作人员').click();
    await page.getByLabel('工号').fill('1003');
    await page.getByLabel('密码').fill('Yichuang-1003');
    await page.keyboard.press('Enter');
    await button(/^优先号/).waitFor();
    await inspect('desk');
    await button(/^优先号/).click();
    await button(/^买卖、过户/).click();
    await button(/^二手房过户/).click();
    const number = page.getByTestId('ticket-number');
    await number.waitFor();
    expect(await number.innerText()).toMatch(/^V\d{3}$/);
    const given = await number.innerText();
    await inspect('desk-taken');
    await button('继续').click();
    await button(/^补打号票/).click();
    await page.getByLabel('排队号').fill(given);
    await inspect('desk-reprint');
    await page.keyboard.press('Enter');
    await number.waitFor();
    expect(slips().at(-1)?.lines.join(' ')).toMatch(new RegExp(`重打[\\s\\S]*${given}`));
    await button('继续').click();
    await button(/^企业批量号/).click();
    await button(/^抵押、解押/).click();
    await button(/^用房子抵押贷款/).click();
    for (const digit of '50') await button(digit).click();
    await inspect('desk-batch');
    await button('取号').click();
    await number.waitFor();
    expect(slips().at(-1)?.lines.join(' ')).toContain('共50件');
    await button('继续').click();
    await button('退出登录').click();
    await start().waitFor();
  });
});

test('without the hub it says so and gives numbers of its own', async () => {
  await hall.demo.setCentre(false);
  await page.getByText('网络暂时中断').waitFor();
  await inspect('no-hub-idle');
  await lay('zhangsan');
  await button(/^补证、换证/).click();
  await button(/^门牌、地址变了/).click();
  await button('都没有').click();
  await button('都带了').click();
  await page.getByText('网络中断时取号，号码有效').waitFor();
  await inspect('no-hub-result');
  await button('完成').click();
  await hall.demo.setCentre(true);
});

describe('an idle screen', () => {
  test('asks after 45 s and wipes everything 20 s later; one touch keeps it', async () => {
    await page.clock.install();
    await lay('zhangsan');
    await button(/^抵押、解押/).click();
    await page.clock.runFor(44_000);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.clock.runFor(2_000);
    await page.getByRole('dialog', { name: '您还在吗' }).waitFor();
    await inspect('still');
    await button('还在，继续办').click();
    await page.getByRole('heading', { name: '抵押、解押' }).waitFor();
    await page.clock.runFor(46_000);
    await page.getByRole('dialog', { name: '您还在吗' }).waitFor();
    await page.clock.runFor(21_000);
    await start().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    // Neither is anything left in the service.
    expect(await call(page, 'prereview.start', { itemCode: 'A09' })).toMatchObject({ code: 'visit-over' });
    await page.clock.resume();
  });
});
