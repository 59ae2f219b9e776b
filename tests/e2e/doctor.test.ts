import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** The device doctor in the real program, on simulated devices: one key, words, drawings, a report. */

describe('the device doctor at a window', () => {
  let hall: Hall;
  let page: Page;
  const row = (name: string): Locator =>
    page
      .getByRole('dialog', { name: '设备检测' })
      .getByRole('listitem')
      .filter({
        has: page.getByRole('heading', { name }),
      });

  beforeAll(async () => {
    hall = await openHall({ width: 1366, height: 768 });
    page = hall.launched.page;
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    await page.getByRole('list', { name: '设备状态' }).getByText('正常').nth(1).waitFor({ state: 'attached' });
  });
  afterAll(() => hall.stop());

  it('finds all well: Ctrl+D, a card when it asks for one, and the card opens no case', async () => {
    const slips = hall.demo.printer.slips().length;
    await page.keyboard.press('Control+d');
    await row('身份证读卡器').getByText('请放一张身份证。').waitFor();
    await shoot(page, 'doctor-asking');
    hall.demo.reader.layCard('zhangsan');
    await page.getByText('检测完毕，设备都正常').waitFor();
    hall.demo.reader.liftCard();
    await row('身份证读卡器').getByText('应答正常，试读身份证成功。').waitFor();
    await row('小票打印机').getByText('检测小票已打出，打印机已确认。').waitFor();
    await page.getByText('没有配置：证书打印机、').waitFor();
    expect(hall.demo.printer.slips()).toHaveLength(slips + 1);
    await shoot(page, 'doctor-well');
  });

  it('saves a report in which nobody stands', async () => {
    await page.getByRole('button', { name: '存报告' }).click();
    await page.getByText('报告已存到').waitFor();
    const folder = path.join(hall.demo.folder.terminalDir, 'doctor');
    const files = readdirSync(folder);
    expect(files.map((file) => path.extname(file)).sort()).toEqual(['.json', '.txt']);
    for (const file of files) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(text).toContain('AA AA AA 96 69 05 08');
      for (const secret of ['张三', '220402199003071231', '20 5F 09 4E', '32 00 32 00 30 00']) {
        expect(text).not.toContain(secret);
      }
    }
    await page.keyboard.press('Escape');
    await page.getByText('请放身份证').waitFor();
    expect(await page.getByRole('article', { name: '张三' }).count()).toBe(0);
  });

  it('says of a printer without paper and a silent reader what to do, in words and drawn', async () => {
    hall.demo.printer.setFault('paper-out');
    hall.demo.reader.setFault('silence');
    await page.keyboard.press('Control+d');
    await page.getByText('检测完毕，2 台有问题').waitFor();
    await row('小票打印机').getByText('打印机缺纸。').waitFor();
    await row('小票打印机').getByText('打开上盖，放入纸卷').waitFor();
    await row('小票打印机').locator('[data-picture="paper"]').waitFor();
    await row('身份证读卡器').getByText('读卡器没有应答，多半是没有通电或线松了。').waitFor();
    await row('身份证读卡器').getByText('看读卡器的灯是否亮').waitFor();
    await row('身份证读卡器').locator('[data-picture="cable"]').waitFor();
    await shoot(page, 'doctor-1366');
    expect(await findBarriers(page)).toEqual([]);
    hall.demo.printer.setFault(null);
    hall.demo.reader.setFault(null);
    await page.keyboard.press('Escape');
  });

  it('is there for the supervisor too, signed in or not; who skips is not waited for', async () => {
    await hall.reopen(['--role=supervisor']);
    page = hall.launched.page;
    await page.getByRole('tab', { name: '总览' }).click();
    await page.getByRole('button', { name: '检测设备' }).waitFor();
    await page.getByRole('table').getByText('正常').nth(1).waitFor();
    await page.keyboard.press('Control+d');
    await page.getByRole('button', { name: '跳过身份证读卡器' }).click();
    await page.getByText('检测完毕，1 台需留意').waitFor();
    await row('身份证读卡器').getByText('应答正常，没有试读身份证。').waitFor();
    await shoot(page, 'doctor-supervisor');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[style*="color-scheme: dark"]').waitFor({ state: 'attached' });
    await shoot(page, 'doctor-dark');
    expect(await findBarriers(page)).toEqual([]);
  });
});
