import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticePayCode } from '../../domain/payment/payCode.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { type Cups, type SpooledJob, startCups } from '../fixtures/cups.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/**
 * A4 papers of real cases on a real spooler, at the window and behind it. What was printed is read back by Debian's
 * poppler-utils and zbar-tools.
 */

const run = promisify(execFile);
const width = 1366;
let cups: Cups;
let hall: Hall;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-printed-'));
  cups = await startCups();
  hall = await openHall({
    width,
    height: 768,
    config: { papers: { printer: 'office', phone: '0437-3212345' } },
    env: { CUPS_SERVER: cups.socket },
  });
});
afterAll(async () => {
  await hall?.stop();
  await cups?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const page = (): Page => hall.launched.page;
const panel = () => page().getByRole('region', { name: '文书', exact: true });
const row = (title: string) => panel().getByRole('listitem').filter({ hasText: title });
const dialog = (name: string) => page().getByRole('dialog', { name, exact: true });

async function look(where: Page, name: string): Promise<void> {
  await shoot(where, `papers-${name}-${width}`);
  expect(await findBarriers(where)).toEqual([]);
}

/** The jobs that came since, once there are as many. */
async function jobsSince(before: number, count: number): Promise<SpooledJob[]> {
  await expect.poll(async () => (await cups.jobs()).length, { timeout: 45_000 }).toBe(before + count);
  return (await cups.jobs()).slice(before);
}

/** Every code on the first page of a PDF, in order. */
async function codesOn(file: string): Promise<string[]> {
  const picture = path.join(folder, path.basename(file));
  await run('pdftoppm', ['-r', '200', '-png', '-gray', '-f', '1', '-l', '1', '-singlefile', file, picture]);
  const { stdout } = await run('zbarimg', ['-q', `${picture}.png`]);
  return stdout.trim().split('\n').sort();
}

async function pagesOf(file: string): Promise<number> {
  const { stdout } = await run('pdfinfo', [file]);
  return Number(/^Pages:\s+(\d+)$/m.exec(stdout)?.[1]);
}

const bothCodes = (number: string): string[] => [`CODE-128:${number}`, `QR-Code:${number}`];

async function accept(card: string, name: string, location: string): Promise<string> {
  await hall.lay(card, name);
  await hall.clerk.fillIn({ item: 'A05', location });
  const number = await hall.clerk.accept();
  await hall.clerk.waitForPrint();
  return number;
}

const numbers: string[] = [];

describe('at the window', () => {
  test('after an acceptance the application and the inquiry are offered; one key prints both', async () => {
    await page().getByLabel('工号').waitFor();
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    numbers.push(await accept('zhangsan', '张三', '龙山区东吉大街12号3单元402室'));
    await panel().getByText('本步应出具：不动产登记申请书、询问记录').waitFor();
    await look(page(), 'offered');
    const before = (await cups.jobs()).length;
    await page().keyboard.press('Alt+p');
    await row('询问记录').getByText('第 1 次已送打印机').waitFor();
    const [application, inquiry] = await jobsSince(before, 2);
    for (const job of [application, inquiry]) {
      expect(await codesOn(job?.file ?? '')).toEqual(bothCodes(numbers[0] ?? ''));
      expect(job?.copies).toBe(1);
    }
    await panel().getByText('本步应出具').waitFor({ state: 'detached' });
    await look(page(), 'printed');
  });

  test('a paper is seen before it is printed, and a second print is marked', async () => {
    await row('不动产登记申请书').getByRole('button', { name: '预览' }).click();
    await dialog('不动产登记申请书').getByRole('img').first().waitFor();
    await look(page(), 'preview');
    const before = (await cups.jobs()).length;
    await dialog('不动产登记申请书').getByRole('button', { name: '重打' }).click();
    await dialog('不动产登记申请书').getByText('第 2 次已送打印机').waitFor();
    await jobsSince(before, 1);
    await page().keyboard.press('Escape');
    await row('不动产登记申请书').getByText('已送打印 2 次').waitFor();
  });

  test('the receipt comes out on A4 in two copies with its back', async () => {
    const before = (await cups.jobs()).length;
    await row('受理凭证').getByRole('button').last().click();
    const [job] = await jobsSince(before, 1);
    expect(await pagesOf(job?.file ?? '')).toBe(2);
    expect(job?.copies).toBe(2);
    await hall.clerk.leave();
  });

  test('a character that no font has is said by its name, and nothing is printed', async () => {
    numbers.push(await accept('lina', '李娜', '西安区仙城街\u{323af}号'));
    const before = (await cups.jobs()).length;
    await page().keyboard.press('Alt+p');
    await row('不动产登记申请书').getByRole('alert').getByText('（U+323AF）').waitFor();
    await look(page(), 'missing-character');
    await row('询问记录').getByText('应打印，未打印').waitFor();
    expect(await cups.jobs()).toHaveLength(before);
    await hall.clerk.leave();
  });

  test('with the ticket printer out of paper a refusal comes out on A4, and then it stands', async () => {
    await hall.lay('lina', '李娜');
    await hall.clerk.type('A09');
    await hall.clerk.press('Enter');
    await page().getByRole('textbox', { name: '坐落' }).fill('西安区仙城街3号');
    hall.demo.printer.setFault('paper-out');
    await page().keyboard.press('F12');
    await page().getByRole('dialog', { name: '不予受理' }).waitFor();
    await page().keyboard.press('Enter');
    await page().getByText('打印机缺纸').first().waitFor();
    await row('不予受理告知书').getByRole('button', { name: '预览' }).click();
    await dialog('不予受理告知书').getByRole('img').first().waitFor();
    await look(page(), 'refusal');
    const before = (await cups.jobs()).length;
    await dialog('不予受理告知书').getByRole('button', { name: '打印', exact: true }).click();
    await dialog('不予受理告知书').getByText('第 1 次已送打印机').waitFor();
    const [job] = await jobsSince(before, 1);
    expect(job?.copies).toBe(2);
    await page().keyboard.press('Escape');
    await row('不予受理告知书').getByText('已送打印 1 次').waitFor();
    await page().getByText('打印机缺纸').first().waitFor({ state: 'detached' });
    hall.demo.printer.setFault(null);
    await page().keyboard.press('Enter');
    await hall.clerk.waitForState('不予受理');
    await look(page(), 'refused');
    await hall.clerk.leave();
    numbers.push(await accept('zhangsan', '张三', '龙山区南康街7号'));
    await hall.clerk.leave();
  });
});

/** Whoever sits there leaves, the next one comes. */
async function signIn(where: Page, number: string): Promise<void> {
  if (await where.getByLabel(/，账号/).isVisible()) {
    await where.getByLabel(/，账号/).click();
    await where.getByRole('button', { name: '退出登录' }).click();
  }
  await where.getByLabel('工号').fill(number);
  await where.getByLabel('密码').fill(`Yichuang-${number}`);
  await where.keyboard.press('Enter');
  await where.getByRole('navigation', { name: '待办' }).waitFor();
}

/** Opens the task of this case and claims it; the focus stands in its first field. */
async function take(where: Page, number: string): Promise<void> {
  await where.getByRole('searchbox', { name: '筛选' }).fill(number);
  await where.getByRole('list', { name: '待办' }).getByRole('button').click();
  await where.getByRole('article', { name: '办件' }).waitFor();
  await where.getByRole('button', { name: '领取', exact: true }).click();
  await where.getByRole('button', { name: '领取', exact: true }).waitFor({ state: 'detached' });
  await expect.poll(() => where.evaluate('!!document.activeElement.closest("fieldset")')).toBe(true);
}

async function askForPapers(where: Page): Promise<void> {
  await where.keyboard.press('Control+Backspace');
  await where.getByRole('dialog', { name: '要求补正' }).waitFor();
  await where.keyboard.type('抵押合同');
  await where.keyboard.press('Tab');
  await where.keyboard.type('缺签名页');
  await where.keyboard.press('Enter');
  await where.getByRole('status').getByText('要求补正').waitFor();
}

describe('behind the window', () => {
  test('the review that asks for papers is offered the notice at once', async () => {
    await hall.reopen(['--role=backoffice']);
    await page().getByLabel('工号').waitFor();
    await signIn(page(), '2004');
    await take(page(), numbers[0] ?? '');
    await askForPapers(page());
    await page().getByRole('button', { name: '打印补正告知书' }).click();
    await dialog('补正告知书').getByRole('img').first().waitFor();
    await look(page(), 'supplement');
    const before = (await cups.jobs()).length;
    await dialog('补正告知书').getByRole('button', { name: '打印', exact: true }).click();
    await dialog('补正告知书').getByText('第 1 次已送打印机').waitFor();
    const [job] = await jobsSince(before, 1);
    expect(await codesOn(job?.file ?? '')).toEqual(bothCodes(numbers[0] ?? ''));
    expect(job?.copies).toBe(2);
    await page().keyboard.press('Escape');
    await page().getByRole('button', { name: '打印补正告知书' }).waitFor({ state: 'detached' });
  });

  test('the fee that is assessed is offered its notice, with a code to pay by', async () => {
    const number = numbers[2] ?? '';
    await signIn(page(), '2003');
    await take(page(), number);
    await panel().getByText('现在没有可打印的文书').waitFor();
    await page().getByText('住宅', { exact: true }).click();
    await page().getByText('80.00 元').first().waitFor();
    await look(page(), 'fee-lane');
    await page().keyboard.press('Control+Enter');
    await page().getByRole('status').getByText('核费办结').waitFor();
    await page().getByRole('button', { name: '打印缴费通知单' }).click();
    await dialog('缴费通知单').getByRole('img').first().waitFor();
    await look(page(), 'payment');
    const before = (await cups.jobs()).length;
    await dialog('缴费通知单').getByRole('button', { name: '打印', exact: true }).click();
    const [job] = await jobsSince(before, 1);
    expect(await codesOn(job?.file ?? '')).toEqual([...bothCodes(number), `QR-Code:${noticePayCode(number)}`].sort());
    await page().keyboard.press('Escape');
  });

  test('a browser of the hall gets the paper as a PDF, and whoever saw it come out says so', async () => {
    const number = numbers[1] ?? '';
    const browser = await openBrowser(hall.demo.officeUrl ?? '', hall.display);
    const { page: desk } = browser;
    await desk.getByLabel('工号').waitFor();
    await signIn(desk, '2004');
    await take(desk, number);
    await askForPapers(desk);
    await desk.getByRole('button', { name: '打印补正告知书' }).click();
    // Its street has a character that no font has.
    await desk.getByRole('alert').getByText('（U+323AF）').first().waitFor();
    await look(desk, 'browser-refused');
    await desk.keyboard.press('Escape');
    await take(desk, numbers[2] ?? '');
    await askForPapers(desk);
    await desk.getByRole('button', { name: '打印补正告知书' }).click();
    // The policy lets no page read a file of its own by its address; so the test keeps what the page makes one of.
    await desk.evaluate(`{
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => { globalThis.made = blob; return make.call(URL, blob); };
    }`);
    await desk.getByRole('button', { name: '生成 PDF' }).click();
    const link = desk.getByRole('link', { name: '保存 PDF' });
    await link.waitFor();
    await look(desk, 'browser');
    expect(await link.getAttribute('download')).toBe(`补正告知书 ${numbers[2]}.pdf`);
    const bytes = (await desk.evaluate(
      'globalThis.made.arrayBuffer().then((data) => [...new Uint8Array(data)])',
    )) as number[];
    const file = path.join(folder, 'browser.pdf');
    writeFileSync(file, Buffer.from(bytes));
    expect(await codesOn(file)).toEqual(bothCodes(numbers[2] ?? ''));
    await desk.getByRole('button', { name: '已打印，记下' }).click();
    await desk.getByText('第 1 次打印已记下').waitFor();
    await browser.stop();
  });
});
