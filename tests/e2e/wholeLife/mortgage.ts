import { expect, test } from 'vitest';
import { promiseOnSlip, readClocks } from '../../fixtures/clocks.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { payAtChannel, scanPayCode } from '../../fixtures/phone.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

/** A05 from the card on the reader to the shelf of the archive: one case, eleven people, sixty minutes. */
export function tellMortgage(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  const lastSlip = () => hall().demo.printer.slips().at(-1)?.lines ?? [];
  let number: string;
  let due: string;
  let blank: string;

  test('a mortgage is accepted, and its receipt and its clock promise the same sixty minutes', async () => {
    const { clerk } = hall();
    await hall().lay('zhangsan', '张三');
    await clerk.fillIn({ item: 'A05', location: '龙山区东吉大街12号3单元402室' });
    number = await clerk.accept();
    await clerk.waitForPrint();
    await clerk.waitForState('并联办理');
    const clocks = await readClocks(page());
    expect(clocks.promise.used + (clocks.promise.left ?? 0)).toBe(60);
    expect(clocks.statutory).toEqual({ used: 0, left: 30 });
    // Where the calendar is not published the slip names no time, and the page says why.
    due = promiseOnSlip(lastSlip())?.slice(-5) ?? '暂定';
    expect(clocks.text).toContain(due);
    await clerk.leave();
  });

  test('fee and first review side by side, second review, approval: every list shows the promise of the receipt', async () => {
    for (const lane of ['FEE', 'REV1'] as const) {
      const row = await (await hall().desk(lane)).find(number);
      if (due !== '暂定') expect(await row.textContent()).toContain(`${due} 前`);
    }
    await hall().work(number, ['FEE', 'REV1', 'REV2', 'APP']);
  });

  test('it waits for its fee with the promise standing; paid by phone, it goes on by itself', async () => {
    const fee = await hall().desk('FEE');
    await fee.take(number);
    await fee.page
      .getByRole('list', { name: '暂停计时' })
      .getByText(/^等待缴费 · 自 /)
      .waitFor();
    await fee.press('Tab', 'Enter');
    await payAtChannel(hall().demo.gatewayUrl, await scanPayCode(fee.page));
    await fee.page.getByRole('status').getByText('费用已缴清').waitFor();
    await shoot(fee.page, 'whole-paid');
    await (await hall().desk('BOOK')).find(number);
  });

  test('entered in the register, printed, checked; handed over against the card, inside sixty minutes', async () => {
    blank = hall().takeBlank('proof');
    await hall().work(number, ['BOOK', 'PRT', 'QC'], { blank });
    const { clerk } = hall();
    await clerk.open(number);
    await clerk.waitForState('待领证');
    await hall().handOver('zhangsan');
    const clocks = await readClocks(page());
    expect(clocks.text).toMatch(/已办结，用时 \d+ 分钟/);
    expect(clocks.promise.used).toBeLessThanOrEqual(60);
    expect(clocks.statutory).toEqual({ used: 0, left: null });
    expect(lastSlip().join('\n')).toContain('发证记录');
    expect(lastSlip().join('\n')).toContain(blank);
    await shoot(page(), 'whole-issued');
  });

  test('archived with the list it was handed over with: every step once, each by its own person', async () => {
    await hall().work(number, ['ARC']);
    await hall().clerk.waitForState('已归档');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    const steps = record.history.filter(({ step }) => /^(T|PAY)/.test(step));
    expect(steps.map(({ step, by }) => `${step} ${by}`)).toEqual([
      'T11 1001',
      'T14 system',
      'T23 2005',
      'T24 2006',
      'T25 system',
      'PAY:paid system',
      'T26 system',
      'T27 2007',
      'T28 2008',
      'T29 2008',
      'T31 2009',
      'T33 1001',
      'T34 1001',
      'T39 2010',
    ]);
    await hall().clerk.leave();
  });
}
