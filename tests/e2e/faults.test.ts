import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeDeviceOffline } from '../../centre/deviceCommand.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { kill, servicePid } from '../fixtures/processes.ts';
import { shoot } from '../fixtures/shots.ts';

/** What the window says and keeps when something around it fails, in the real program. */

const WAKES = { timeout: 60_000 };

describe('a window whose surroundings fail', () => {
  let hall: Hall;
  let page: Page;
  const light = (device: string): Locator =>
    page.getByRole('list', { name: '设备状态' }).getByRole('listitem').filter({ hasText: device });
  const alert = (words: string): Locator => page.getByRole('alert').getByText(words);
  const band = (words: string): Locator => page.getByRole('status').getByText(words);
  const caseRegion = (): Locator => page.getByRole('article', { name: '办件' });

  beforeAll(async () => {
    hall = await openHall({ width: 1366, height: 768 });
    page = hall.launched.page;
    await page.getByLabel('工号').waitFor();
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    await light('读卡').getByText('正常').waitFor({ state: 'attached' });
  });
  afterAll(() => hall.stop());

  async function fillIn(card: string, name: string, location: string): Promise<void> {
    await hall.lay(card, name);
    await hall.clerk.fillIn({ item: 'A09', location });
  }

  test('a card that is no identity card is refused, and the form stays as it is', async () => {
    hall.demo.reader.layCard('not-an-id-card');
    await alert('读卡失败：这不是身份证件。已填内容未变，请换卡。').waitFor();
    await shoot(page, 'card-wrong-type');
    hall.demo.reader.liftCard();
  });

  test('a card lifted too early asks to lay it again, and the next reading takes the words away', async () => {
    // The reader goes on losing the card, however often it is asked.
    hall.demo.reader.forceStatus('read', 0x41, 50);
    hall.demo.reader.layCard('zhangsan');
    await alert('读卡失败：卡移动过早。已填内容未变，请重新放卡。').waitFor();
    await shoot(page, 'card-moved');
    hall.demo.reader.liftCard();
    hall.demo.reader.forceStatus('read', 0x41, 0);
    await fillIn('zhangsan', '张三', '龙山区东吉大街12号');
    await alert('读卡失败').waitFor({ state: 'detached' });
  });

  test('a printer without paper says so, and F10 prints once there is paper', async () => {
    const { clerk, demo } = hall;
    demo.printer.setFault('paper-out');
    await clerk.accept();
    await alert('打印机缺纸，内容未丢失，请装纸后重打。').waitFor();
    await light('小票').getByText('故障').waitFor();
    await page.getByText('尚未打印').waitFor();
    expect(demo.printer.slips()).toHaveLength(0);
    await shoot(page, 'paper-out');
    demo.printer.setFault(null);
    await light('小票')
      .getByText('正常')
      .waitFor({ state: 'attached', ...WAKES });
    await clerk.press('F10');
    await clerk.waitForPrint();
    await page.getByText('第 1 次打印的受理凭证如下').waitFor();
    await alert('打印机缺纸').waitFor({ state: 'detached' });
    expect(demo.printer.slips()).toHaveLength(2);
    expect(demo.printer.slips()[0]?.lines.join('\n')).not.toContain('重打');
  });

  test('a second print is marked, on the paper and on the page', async () => {
    await hall.clerk.press('F10');
    const paper = page.getByRole('region', { name: '受理凭证', exact: true });
    await paper.getByText('第 2 次打印的受理凭证如下').waitFor();
    await paper.locator('text').getByText('重打 第2次').waitFor();
    await page.getByText('第 2 次打印（重打）').waitFor();
    expect(hall.demo.printer.slips()).toHaveLength(4);
    expect(hall.demo.printer.slips().at(-1)?.lines.join('\n')).toContain('重打 第2次');
    await shoot(page, 'reprinted');
    await hall.clerk.startNext();
  });

  test('without the centre it goes on, and the open case itself tells when the centre has it', async () => {
    const { clerk, demo } = hall;
    await demo.setCentre(false);
    await band('与中心的连接中断').waitFor();
    await fillIn('lina', '李娜', '西安区仙城街3号');
    await clerk.accept();
    await clerk.waitForPrint();
    await caseRegion().getByText('已存本机，待送中心').waitFor();
    await page.getByText('本机留存 1 件').waitFor();
    await page.getByRole('button', { name: '同步：已存本机 1，已入中心 1' }).click();
    await page.getByText('待送记录').waitFor();
    await shoot(page, 'centre-away');
    await page.keyboard.press('Escape');
    await page.getByText('待送记录').waitFor({ state: 'hidden' });
    await demo.setCentre(true);
    await caseRegion().getByText('已入中心').waitFor(WAKES);
    await band('与中心的连接中断').waitFor({ state: 'detached' });
    await clerk.waitForLine(0, 2);
    await clerk.startNext();
  });

  test('a service killed in the middle of a form comes back, and the form is still there', async () => {
    const { clerk } = hall;
    await fillIn('zhangsan', '张三', '龙山区南康街7号');
    kill(servicePid(hall.launched.app.process().pid ?? 0));
    await band('后台服务正在重新启动').waitFor();
    expect(await page.getByRole('textbox', { name: '坐落' }).inputValue()).toBe('龙山区南康街7号');
    await shoot(page, 'service-restarting');
    await band('后台服务正在重新启动').waitFor({ state: 'detached', ...WAKES });
    await page.getByRole('article', { name: '张三' }).waitFor();
    await light('小票')
      .getByText('正常')
      .waitFor({ state: 'attached', ...WAKES });
    await clerk.accept();
    await clerk.waitForPrint();
    await clerk.startNext();
  });

  test('after a power cut the half-filled form is there again', async () => {
    await fillIn('lina', '李娜', '龙山区北寿街9号');
    await page.getByText('草稿已存本机').waitFor();
    await hall.cutPower();
    const clerk = await hall.reopen();
    page = clerk.page;
    await clerk.signIn('1001', 'Yichuang-1001');
    await page.getByRole('article', { name: '李娜' }).getByText('卡读').waitFor();
    expect(await page.getByRole('textbox', { name: '坐落' }).inputValue()).toBe('龙山区北寿街9号');
    await page.getByText('材料齐全，可以受理').waitFor();
    await shoot(page, 'restored');
  });

  test('a reader that says nothing is shown as such, in its light and where the card would be laid', async () => {
    await light('读卡')
      .getByText('正常')
      .waitFor({ state: 'attached', ...WAKES });
    hall.demo.reader.setFault('silence');
    await light('读卡').getByText('无应答').waitFor(WAKES);
    await page.getByRole('button', { name: '清空' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click();
    const parties = page.getByRole('region', { name: '申请人' });
    await parties.getByText('没有可用的读卡器').waitFor();
    await parties.getByText('设备没有应答，请检查电源和连线，正在自动重试。').waitFor();
    await shoot(page, 'reader-silent');
    hall.demo.reader.setFault(null);
    await parties.getByText('请放身份证').waitFor(WAKES);
  });

  test('a terminal the centre no longer knows says so and goes on', async () => {
    const hello = `window.yichuang.call('session.hello', {}).then((answer) => answer.value.device)`;
    const device = await page.evaluate<string>(hello);
    await revokeDeviceOffline(hall.demo.folder.centreDir, device, '机器报废');
    await band('中心拒绝了本机的连接').waitFor(WAKES);
    await shoot(page, 'centre-refused');
    await fillIn('lina', '李娜', '龙山区北寿街9号');
    await hall.clerk.accept();
    await hall.clerk.waitForPrint();
    await caseRegion().getByText('已存本机，待送中心').waitFor();
  });
});
