import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BackOffice, DRAWER, openBackOffice } from '../fixtures/backOffice.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** What a clerk does with a case after the first decision, in the real program, keyboard only. */

/** Text, because the page's types are not those of this side. */
const PAGE_SCROLL = `[document.documentElement.scrollWidth - document.documentElement.clientWidth,
  document.documentElement.scrollHeight - document.documentElement.clientHeight]`;

describe.each([
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
])('a window of $width × $height', ({ width, height }) => {
  let hall: Hall;
  let page: Page;
  let office: BackOffice;

  beforeAll(async () => {
    hall = await openHall({ width, height });
    page = hall.launched.page;
    await page.getByLabel('工号').waitFor();
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    office = await openBackOffice(hall.demo);
  });
  afterAll(async () => {
    await office.stop();
    await hall.stop();
  });

  const state = (text: string) => hall.clerk.waitForState(text);
  const lay = (card: string, name: string) => hall.lay(card, name);
  const toForm = () => hall.clerk.leave();
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const lastSlip = () => hall.demo.printer.slips().at(-1)?.lines.join('\n') ?? '';

  /** A picture, nothing to scroll but the middle, and nobody shut out. */
  async function look(name: string): Promise<void> {
    await shoot(page, `life-${name}-${width}`);
    expect(await page.evaluate(PAGE_SCROLL)).toEqual([0, 0]);
    expect(await findBarriers(page)).toEqual([]);
  }

  async function accept(item: string): Promise<string> {
    await lay('zhangsan', '张三');
    await hall.clerk.fillIn({ item, location: '龙山区东吉大街12号3单元402室' });
    const number = await hall.clerk.accept();
    await hall.clerk.waitForPrint();
    return number;
  }

  async function openFound(text: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找办件' }).fill(text);
    await page.getByText('找到 1 件').waitFor();
  }

  test('a supplement stops both clocks; every paper is ticked, and they run again', async () => {
    const number = await accept('A05');
    await state('并联办理');
    await office.waitFor(number, 'PARALLEL');
    await look('parallel');
    await office.act(number, 'REV1', {
      transition: 'T15',
      data: {
        missing: [
          { material: 'M09', text: '抵押合同', why: '缺签字页' },
          { text: '共有人同意书', why: '登记簿记载为共有' },
        ],
        deadline: '2027-01-15',
      },
    });
    await state('待补正');
    await page.getByRole('region', { name: '时限' }).getByText('已暂停计时').waitFor();
    await page
      .getByRole('list', { name: '暂停计时' })
      .getByText(/补正 · 自 .* 起 · 抵押合同、共有人同意书/)
      .waitFor();
    await page.getByRole('heading', { name: '补正' }).first().waitFor();
    await look('supplement');
    await page.keyboard.press('Enter');
    await dialog('补正收件').waitFor();
    await page.keyboard.press('Space');
    await dialog('补正收件').getByText('还缺：共有人同意书').waitFor();
    await page.keyboard.press('Enter');
    await dialog('补正收件').waitFor();
    await page.getByRole('checkbox', { name: '共有人同意书' }).focus();
    await page.keyboard.press('Space');
    await look('supplement-dialog');
    await page.keyboard.press('Enter');
    await state('并联办理');
    await page
      .getByRole('list', { name: '暂停计时' })
      .getByText(/补正 · .* 至 /)
      .waitFor();
    await page.getByRole('list', { name: '岗位' }).getByText('初审').waitFor();
    await toForm();
  });

  test('full numbers are shown for a reason, and the log keeps who and why', async () => {
    await page.keyboard.press('Alt+ArrowDown');
    const people = page.getByRole('region', { name: '申请人' });
    await people.getByText('220402********1231').waitFor();
    await page.keyboard.press('Alt+m');
    await dialog('显示完整号码').waitFor();
    await look('unmask');
    await page.keyboard.press('1');
    await people.getByText('220402199003071231').waitFor();
    await page.getByRole('region', { name: '备注记录' }).getByText('核对证件').waitFor();
    await page.keyboard.press('Alt+m');
    await people.getByText('220402********1231').waitFor();
    await toForm();
  });

  test('a refusal names all that is missing at once, and its notice is printed twice', async () => {
    await lay('lina', '李娜');
    await hall.clerk.type('A09');
    await hall.clerk.press('Enter');
    await page.getByRole('textbox', { name: '坐落' }).fill('西安区仙城街3号');
    await page.keyboard.press('F12');
    await dialog('不予受理').waitFor();
    expect(
      await dialog('不予受理').getByRole('region', { name: '须补正的全部材料' }).getByRole('listitem').count(),
    ).toBe(5);
    await look('refuse');
    const before = hall.demo.printer.slips().length;
    await page.keyboard.press('Enter');
    await state('不予受理');
    await page.getByRole('region', { name: '打印状态' }).getByText('打印机已确认').waitFor();
    expect(hall.demo.printer.slips().length - before).toBe(2);
    expect(lastSlip()).toContain('不予受理告知书');
    expect(lastSlip()).toContain('须补正全部材料 共5项');
    expect(lastSlip()).toContain('李娜');
    await look('refused');
    await toForm();
  });

  test('a unit of the county goes to the county’s registrar', async () => {
    await lay('wangfang', '王芳');
    await hall.clerk.type('A09');
    await hall.clerk.press('Enter');
    await page.getByRole('textbox', { name: '坐落' }).fill('东丰县东丰镇示例路1号');
    await page.getByRole('textbox', { name: '单元号' }).fill('220421001002GB00012F00030045');
    await page.keyboard.press('F12');
    expect(await dialog('不予受理').getByLabel('有权登记的机构').inputValue()).toBe('东丰县不动产登记中心');
    await page.keyboard.press('Enter');
    await state('不予受理');
    expect(lastSlip()).toContain('东丰县不动产登记中心');
    await toForm();
  });

  test('without paper the refusal is none: the case stands in red, and is taken for accepted', async () => {
    await lay('lina', '李娜');
    await hall.clerk.type('A09');
    await hall.clerk.press('Enter');
    hall.demo.printer.setFault('paper-out');
    await page.keyboard.press('F12');
    await dialog('不予受理').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('未打印不予受理告知书，依法视为受理').waitFor();
    await page.getByRole('heading', { name: /^未打印不予受理告知书，依法视为受理/ }).waitFor();
    await page.getByText('打印机缺纸').first().waitFor();
    await look('notice-missing');
    await page.keyboard.press('Alt+1');
    await dialog('未打印告知书，视为受理').waitFor();
    await look('deemed');
    await page.getByRole('button', { name: '视为受理', exact: true }).last().click();
    await state('并联办理');
    hall.demo.printer.setFault(null);
    await toForm();
  });

  test('all applicants sign a withdrawal; the safe button is the default one', async () => {
    await accept('A09');
    await state('并联办理');
    await page.keyboard.press('Alt+1');
    const withdraw = dialog('撤回登记申请');
    await withdraw.getByRole('button', { name: '不撤回' }).and(page.locator(':focus')).waitFor();
    await withdraw.getByText('张三 还没有签字').waitFor();
    await page.getByRole('checkbox', { name: '张三' }).focus();
    await page.keyboard.press('Space');
    await withdraw.getByRole('button', { name: '申请人自愿撤回' }).click();
    await look('withdraw');
    await withdraw.getByRole('button', { name: '撤回', exact: true }).click();
    await state('已撤回');
    await look('withdrawn');
    await toForm();
  });

  test('a certificate is called, and handed over by card in at most eight keys', async () => {
    const number = await accept('A05');
    const [blank] = DRAWER;
    const ready = await office.makeReady(number, blank);
    await state('待领证');
    await look('ready');
    await toForm();

    const certificate = ready.certificates[0]?.number ?? '';
    for (const text of [certificate, certificate.replace('(', '（').replace(')', '）'), blank]) {
      await openFound(text);
      await page.keyboard.press('Escape');
    }
    const running = /第(\d+)号/.exec(certificate)?.[1] ?? '';
    await openFound(running);
    await page.getByText(certificate).first().waitFor();
    await look('find');
    await page.keyboard.press('Enter');
    await state('待领证');

    const { clerk } = hall;
    await clerk.press('Enter');
    await dialog('叫号取证').waitFor();
    await clerk.press('Enter');
    await state('领证叫号');
    expect(clerk.keys).toBe(2);

    const handing = hall.clerk;
    await handing.press('Enter');
    await dialog('发证').waitFor();
    await look('hand-over-empty');
    hall.demo.reader.layCard('lina');
    await dialog('发证').getByText('与本件申请人、代理人都不一致，不能发证').first().waitFor();
    hall.demo.reader.liftCard();
    await look('hand-over-stranger');
    hall.demo.reader.layCard('zhangsan');
    await dialog('发证').getByText('与申请人一致').waitFor();
    hall.demo.reader.liftCard();
    await handing.press('Space');
    await handing.press('Tab');
    await handing.press('Space');
    await look('hand-over');
    await handing.press('Enter');
    await state('已发证');
    expect(handing.keys).toBeLessThanOrEqual(8);
    await page.getByRole('region', { name: '打印状态' }).getByText('打印机已确认').waitFor();
    expect(lastSlip()).toContain('发证记录');
    expect(lastSlip()).toContain(certificate);
    await page
      .getByRole('region', { name: '时限' })
      .getByText(/已办结，用时/)
      .waitFor();
    await look('issued');
    await toForm();
  });

  test('while the centre is away a step is kept here and says so, and arrives later', async () => {
    const number = await accept('A05');
    await office.makeReady(number, DRAWER[1]);
    await state('待领证');
    await hall.demo.setCentre(false);
    await page.getByText('与中心的连接中断').first().waitFor();
    await page.keyboard.press('Enter');
    await dialog('叫号取证').getByText('本机留存，待中心').waitFor();
    await look('offline-call');
    await page.keyboard.press('Enter');
    await state('领证叫号');
    await page.getByRole('article', { name: '办件' }).getByText('本机留存，待中心').waitFor();
    await look('offline-kept');
    await hall.demo.setCentre(true);
    await office.waitFor(number, 'PICKUP_CALLED');
    await page.getByRole('article', { name: '办件' }).getByText('已入中心').waitFor();
    await toForm();
  });

  test('whose card is laid and has a certificate waiting is led there by one key', async () => {
    await lay('zhangsan', '张三');
    await page
      .getByRole('region', { name: '此人的其他办件' })
      .getByText(/待取证/)
      .waitFor();
    await look('returning');
    await page.keyboard.press('Alt+1');
    await state('领证叫号');
  });
});
