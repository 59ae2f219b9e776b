import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp } from '../fixtures/app.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';
import { startXvfb } from '../fixtures/xvfb.ts';

/** Every designed state of the window that needs no broken machine, in the real program (faces.md, "Empty, first, broken"). */

const SIZE = { width: 1366, height: 768 };

/** Text, because the page's types are not those of this side. */
const SCROLLS_SIDEWAYS = `[...document.querySelectorAll('*')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .filter((each) => each === document.documentElement || /auto|scroll/.test(getComputedStyle(each).overflowX))
  .map((each) => each.tagName + ' ' + each.className)`;

test('a machine nobody has configured says so and what to do', async () => {
  const display = await startXvfb(SIZE);
  const launched = await launchApp({ display: display.name });
  const { page } = launched;
  await page.getByRole('heading', { name: '本机还没有人员名单' }).waitFor();
  await page.getByRole('status').getByText('与中心的连接：未配置中心').waitFor();
  await page.getByRole('listitem').getByText('配置文件中填了中心地址').waitFor();
  expect(await page.getByLabel('工号').count()).toBe(0);
  await shoot(page, 'first-run');
  await launched.stop();
  await display.stop();
});

test('a machine whose enrolment code is wrong says that the centre refused it', async () => {
  const hall = await openHall(SIZE);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-refused-'));
  const config = path.join(dir, 'refused.jsonc');
  const terminal = { id: 'W08', role: 'window', hall: 'main' };
  writeFileSync(config, JSON.stringify({ terminal, hub: { url: hall.demo.centreUrl, enrolmentCode: 'WRONG-CODE' } }));
  await hall.reopen([`--config=${config}`, `--data=${dir}`]);
  const { page } = hall.launched;
  await page.getByText('中心拒绝了本机的连接').waitFor();
  await page.getByRole('heading', { name: '本机还没有人员名单' }).waitFor();
  await shoot(page, 'centre-refused-first');
  await hall.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('a window', () => {
  let hall: Hall;
  let page: Page;
  const numbers: string[] = [];
  const parties = (): Locator => page.getByRole('region', { name: '申请人' });
  const person = (name: string): Locator => page.getByRole('article', { name });
  const lay = (card: string, name: string) => hall.lay(card, name);

  beforeAll(async () => {
    hall = await openHall(SIZE);
    page = hall.launched.page;
    await page.getByLabel('工号').waitFor();
  });
  afterAll(() => hall.stop());

  async function emptyForm(): Promise<void> {
    await page.getByRole('button', { name: '清空' }).click();
    const dialog = page.getByRole('dialog', { name: '清空正在录入的内容' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: '清空', exact: true }).click();
    await parties().getByText('请放身份证').waitFor();
  }

  test('a wrong password leaves the number and takes the password away', async () => {
    await page.getByLabel('工号').fill('1002');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('工号或密码不对，请重新输入。').waitFor();
    expect(await page.getByLabel('工号').inputValue()).toBe('1002');
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    await shoot(page, 'login-failed');
  });

  test('after five wrong passwords the account is locked, and others still sign in', async () => {
    const locked = page.getByRole('alert').getByText('已锁定 30 分钟');
    for (let attempt = 2; attempt <= 6; attempt += 1) {
      await page.getByLabel('密码').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '登录' }).waitFor();
      await page.getByLabel('密码').and(page.locator('[value=""]')).waitFor();
    }
    await locked.waitFor();
    await shoot(page, 'login-locked');
    await hall.clerk.signIn('1001', 'Yichuang-1001');
  });

  test('empty, it asks for a card and names the first thing to do', async () => {
    await parties().getByText('请放身份证').waitFor();
    await page.getByText('今天还没有受理').waitFor();
    await page.getByRole('region', { name: '操作' }).getByRole('button', { name: '请选择办理事项' }).waitFor();
    const lights = page.getByRole('list', { name: '设备状态' });
    await lights.getByText('正常').nth(1).waitFor({ state: 'attached' });
    await shoot(page, 'empty');
  });

  test('a second person’s card asks one question, answered by a key', async () => {
    await lay('zhangsan', '张三');
    hall.demo.reader.layCard('lina');
    const question = page.getByRole('group', { name: '又放了一张证件：李娜' });
    await question.waitFor();
    hall.demo.reader.liftCard();
    for (const answer of ['1 共同申请人', '2 代理人', '3 换人', '4 义务人']) {
      const [key = '', text = ''] = answer.split(' ');
      await question.getByRole('button', { name: text }).getByText(key, { exact: true }).waitFor();
    }
    await shoot(page, 'card-question');
    await page.keyboard.press('2');
    await person('李娜').waitFor();
    expect(await page.getByLabel('李娜 的身份').inputValue()).toBe('agent');
    expect(await person('张三').count()).toBe(1);
    await emptyForm();
  });

  test('typed in by hand, a number is judged while it is typed', async () => {
    await page.keyboard.press('Alt+n');
    const panel = page.getByRole('group', { name: '手工录入' });
    await panel.getByLabel('姓名').fill('张三');
    const number = panel.getByLabel('证件号码');
    await number.fill('2204021990');
    await panel.getByText('10 / 18 位').waitFor();
    await number.fill('220402199003071230');
    await panel.getByText('校验位不符，请核对').waitFor();
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    await shoot(page, 'hand-entry-bad');
    await number.fill('220402199003071231');
    await panel.getByText('校验通过 · 1990-03-07 · 男').waitFor();
    await shoot(page, 'hand-entry');
  });

  test('Esc loses nothing of it', async () => {
    await page.keyboard.press('Escape');
    await parties().getByText('请放身份证').waitFor();
    await page.keyboard.press('Alt+n');
    const panel = page.getByRole('group', { name: '手工录入' });
    expect(await panel.getByLabel('证件号码').inputValue()).toBe('220402199003071231');
    await panel.getByLabel('姓名').press('Enter');
    await person('张三').getByText('手输').waitFor();
    await page.keyboard.press('Escape');
    await person('张三').waitFor();
    await page.getByText('证件未经读卡器核验').waitFor();
    await shoot(page, 'card-unread-reason');
    await emptyForm();
  });

  test('an expired card asks for a reason, and is accepted with it', async () => {
    const { clerk } = hall;
    await lay('expired', '赵强');
    await page.getByText('证件已于 2025-09-01 过期').waitFor();
    await clerk.type('A09');
    await clerk.press('Enter');
    const reason = page.getByRole('textbox', { name: '证件已于 2025-09-01 过期：理由' });
    await reason.and(page.locator(':focus')).waitFor();
    await shoot(page, 'expired-card');
    await clerk.press('ArrowDown');
    expect(await reason.inputValue()).toBe('已核验临时身份证');
    await clerk.press('Enter');
    await clerk.type('东丰县示例镇示例村3组');
    await clerk.press('Enter');
    await clerk.tickPapers();
    await clerk.accept();
    await clerk.waitForPrint();
    await page.getByText('证件已于 2025-09-01 过期：已核验临时身份证').waitFor();
    await expectNoPageScroll();
    await shoot(page, 'accepted');
    await clerk.startNext();
  });

  test('an ordinary acceptance takes no mouse, at most thirteen keys, and only the item and the location are typed', async () => {
    const clerk = hall.clerk;
    await lay('zhangsan', '张三');
    await clerk.fillIn({ item: 'A09', location: '龙山区东吉大街12号3单元402室' });
    await shoot(page, 'ready');
    await clerk.press('Enter');
    await page.getByRole('dialog', { name: '受理并打印受理凭证' }).waitFor();
    await shoot(page, 'confirm');
    await clerk.press('Enter');
    numbers.push(await clerk.readNumber());
    await clerk.waitForPrint();
    await clerk.startNext();
    expect(clerk.keys).toBeLessThanOrEqual(13);
    expect(clerk.typed).toBe('A09龙山区东吉大街12号3单元402室'.length);
    await clerk.waitForLine(0, 2);
  });

  test('Ctrl+K finds a case by name, identity number, address and 受理编号', async () => {
    const list = page.getByRole('listbox', { name: '查找办件' });
    const number = numbers.at(-1) ?? '';
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: '查找办件' });
    await list.getByRole('option').nth(1).waitFor();
    for (const text of ['张三', '220402199003071231', '东吉大街12号', number]) {
      await box.fill(text);
      await page.getByText('找到 1 件').waitFor();
      await list.getByRole('option', { name: '张三' }).waitFor();
      if (text === '张三') await shoot(page, 'find');
      await box.fill('没有这个人');
      await page.getByText('没有找到“没有这个人”').waitFor();
    }
    await shoot(page, 'find-nothing');
    await box.fill('张三');
    await list.getByRole('option', { name: '张三' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: '办件' }).getByText('已入中心').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: '新受理' }).waitFor();
  });

  test('names and addresses as long as the law allows do not break the page', async () => {
    const { clerk } = hall;
    const name = `${'阿卜杜热合曼·'.repeat(14)}买买提`.slice(0, 50);
    const organisation = `${'测试某某某某房地产开发集团'.repeat(16)}有限公司`.slice(-100);
    const location = `龙山区${'示例大街1210号测试花园3号楼'.repeat(40)}`.slice(0, 495).concat('末单元末室');
    await clerk.press('Alt+n');
    const panel = page.getByRole('group', { name: '手工录入' });
    await panel.getByLabel('姓名').fill(name);
    await panel.getByLabel('证件号码').fill('220402199003071231');
    await panel.getByLabel('姓名').press('Enter');
    await person(name).waitFor();
    await clerk.press('Alt+n');
    await panel.getByRole('radio', { name: '单位' }).check({ force: true });
    await panel.getByLabel('名称').fill(organisation);
    await panel.getByLabel('证件号码').fill('91350100M000100Y43');
    await panel.getByLabel('名称').press('Enter');
    await person(organisation).waitFor();
    await page.getByRole('button', { name: '芯片损坏，人证核对一致' }).click();
    await page.getByRole('combobox', { name: '办理事项' }).fill('A09');
    await page.keyboard.press('Enter');
    await page.getByLabel('坐落').fill(location);
    await page.getByLabel('单元号').fill('220402001002GB00012F00030045');
    await expectNoPageScroll();
    await shoot(page, 'long-form');
    await page.getByRole('checkbox', { name: '登记申请书' }).focus();
    await clerk.tickPapers();
    await clerk.press('Enter');
    const dialog = page.getByRole('dialog', { name: '受理并打印受理凭证' });
    await dialog.waitFor();
    await shoot(page, 'long-confirm');
    expect(await page.getByRole('dialog').getByRole('button', { name: '受理并打印' }).isVisible()).toBe(true);
    await clerk.press('Enter');
    const article = page.getByRole('article', { name: '办件' });
    await article.getByText(location).scrollIntoViewIfNeeded();
    await clerk.waitForPrint();
    await expectNoPageScroll();
    await shoot(page, 'long-case');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找办件' }).fill('220402001002GB00012F00030045');
    await page.getByText('找到 1 件').waitFor();
    await expectNoPageScroll();
    await shoot(page, 'long-find');
    await page.keyboard.press('Escape');
    await clerk.startNext();
  });

  async function expectNoPageScroll(): Promise<void> {
    expect(await page.evaluate(SCROLLS_SIDEWAYS)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(SIZE.height);
  }

  test('locked by Ctrl+L it hides everything, and the right password brings it back', async () => {
    await lay('lina', '李娜');
    await page.keyboard.press('Control+l');
    const lock = page.getByRole('dialog', { name: '已锁定' });
    await lock.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await lock.getByRole('alert').waitFor();
    await shoot(page, 'locked');
    const box = await person('李娜').boundingBox();
    const above = `document.elementFromPoint(${(box?.x ?? 0) + 20}, ${(box?.y ?? 0) + 20}).closest('dialog') !== null`;
    expect(await page.evaluate(above)).toBe(true);
    await lock.getByLabel('密码').fill('Yichuang-1001');
    await page.keyboard.press('Enter');
    await lock.waitFor({ state: 'hidden' });
    await person('李娜').waitFor();
  });

  test('who signs out leaves the form to the next clerk', async () => {
    await page.getByRole('button', { name: '王敏，账号' }).click();
    await shoot(page, 'account-menu');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('工号').waitFor();
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    await person('李娜').waitFor();
  });

  test('without devices it says what to connect and goes on by hand', async () => {
    const config = path.join(path.dirname(hall.demo.folder.configFile), 'bare.jsonc');
    const terminal = { id: 'W07', role: 'window', hall: 'main', floor: 2 };
    writeFileSync(config, JSON.stringify({ terminal, hub: { url: hall.demo.centreUrl } }));
    await hall.reopen([`--config=${config}`]);
    page = hall.launched.page;
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    await person('李娜').waitFor();
    await emptyFormWithoutReader();
    await page.getByRole('heading', { name: '本机还没有配置设备' }).waitFor();
    await page.getByText('现在也能办理：按 Alt+N 手工录入').waitFor();
    await shoot(page, 'no-devices');
  });

  async function emptyFormWithoutReader(): Promise<void> {
    await page.getByRole('button', { name: '清空' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click();
    await parties().getByText('没有可用的读卡器').waitFor();
  }
});
