import { expect, test } from 'vitest';
import { dayAfterWorkingDays, isPublished, promiseOnSlip, readClocks } from '../../fixtures/clocks.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

/** D01: fifteen working days for a development, seven for industry, with the ground looked at. */
export function tellDevelopment(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  const lastSlip = () => hall().demo.printer.slips().at(-1)?.lines ?? [];
  let number: string;

  /** @param kind the arrow that chooses it from 工业项目 */
  async function accept(kind: readonly string[], days: number, location: string): Promise<string> {
    const { clerk } = hall();
    await hall().lay('zhangsan', '张三');
    await clerk.type('D01');
    await clerk.press('Enter');
    await page().waitForFunction(`document.activeElement.dataset.field === 'projectKind'`);
    for (const key of ['Space', ...kind]) await clerk.press(key);
    await page().getByRole('region', { name: '时限' }).getByText(`${days} 个工作日`).waitFor();
    await page().getByRole('textbox', { name: '坐落' }).fill(location);
    await clerk.press('Enter');
    await clerk.tickPapers();
    const accepted = await clerk.accept();
    await clerk.waitForPrint();
    await clerk.waitForState('并联办理');
    const promise = promiseOnSlip(lastSlip());
    const expected = dayAfterWorkingDays(Date.now(), days);
    // Where the days off are not known no date is printed.
    expect(promise).toBe(isPublished(Date.parse(expected)) ? expected : null);
    const clocks = await readClocks(page());
    expect([clocks.promise, clocks.statutory]).toEqual([
      { used: 0, left: days },
      { used: 0, left: 30 },
    ]);
    return accepted;
  }

  test('an industrial project is promised in seven working days, a development in fifteen', async () => {
    await accept([], 7, '西安区工业园路1号');
    await hall().clerk.leave();
    number = await accept(['ArrowRight'], 15, '龙山区东吉大街12号');
  });

  test('the ground is looked at: the promise stands, the law’s clock does not', async () => {
    const review = await hall().desk('REV1');
    await review.take(number);
    await review.page.getByRole('button', { name: '实地查看' }).press('Enter');
    await review.dialog('实地查看').waitFor();
    await review.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await hall().clerk.waitForState('实地查看');
    await page()
      .getByRole('list', { name: '暂停计时' })
      .getByText(/^实地查看 · 自 .* 首次登记权属界址查看$/)
      .waitFor();
    await review.take(number);
    await review.page.keyboard.type('今日到场查看，四至与宗地图一致');
    await review.press('Control+Enter');
    await hall().clerk.waitForState('并联办理');
    await page()
      .getByRole('list', { name: '暂停计时' })
      .getByText(/^实地查看 · .* 至 /)
      .waitFor();
  });

  test('through the lanes, its fee by card at the counter, to the certificate in the hands of the developer', async () => {
    await hall().work(number, ['REV1', 'FEE', 'REV2', 'APP'], { use: 'other' });
    const fee = await hall().desk('FEE');
    await fee.take(number);
    await fee.page.getByText('应缴 550.00 元').waitFor();
    await fee.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'Tab');
    await fee.page.keyboard.type('K0000001');
    await fee.press('Tab', 'Enter');
    await fee.page.getByRole('status').getByText('费用已缴清').waitFor();
    const blank = hall().takeBlank('certificate');
    await hall().work(number, ['BOOK', 'PRT', 'QC'], { blank });
    await hall().clerk.waitForState('待领证');
    await hall().handOver('zhangsan');
    await page()
      .getByRole('region', { name: '证书' })
      .getByText(/^吉\(\d{4}\)辽源市不动产权第\d{7}号/)
      .waitFor();
    const clocks = await readClocks(page());
    expect(clocks.text).toContain('已办结，用时 0 个工作日');
    await shoot(page(), 'whole-development');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    expect(record.certificates).toMatchObject([{ kind: 'certificate', holders: ['张三'], blank }]);
    expect(record.pauses.map(({ kind }) => kind)).toEqual(['P3', 'P4']);
    await hall().work(number, ['ARC']);
    await hall().clerk.waitForState('已归档');
    await hall().clerk.leave();
  });
}
