import { expect, test } from 'vitest';
import { type BalanceRow, readBalance } from '../../fixtures/balance.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { setChannelFaults } from '../../fixtures/phone.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

/** Two people pay, and withdraw before the register: their money goes back as an entry of its own. */
export function tellWithdrawal(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  let number: string;
  let before: BalanceRow;

  test('two apply together, and have paid when the case is approved', async () => {
    const { clerk, demo } = hall();
    await hall().lay('zhangsan', '张三');
    demo.reader.layCard('lina');
    await page().getByRole('group', { name: '又放了一张证件：李娜' }).waitFor();
    demo.reader.liftCard();
    await clerk.press('1');
    await clerk.waitForPerson('李娜');
    await clerk.fillIn({ item: 'A05', location: '西安区仙城街3号' });
    number = await clerk.accept();
    await clerk.waitForPrint();
    await hall().work(number, ['FEE', 'REV1', 'REV2', 'APP']);
    // The channel tells of the refund first, and of the payment only then: as late notices do.
    await setChannelFaults(demo.gatewayUrl, ['refund-first']);
    const fee = await hall().desk('FEE');
    before = await readBalance(fee, '微信');
    await hall().payByPhone(number);
    await clerk.waitForState('审批通过');
  });

  test('both sign the printed application before the withdrawal can be pressed', async () => {
    const { clerk, demo } = hall();
    await clerk.press('Alt+1');
    const dialog = page().getByRole('dialog', { name: '撤回登记申请' });
    await dialog.getByRole('button', { name: '不撤回' }).and(page().locator(':focus')).waitFor();
    await dialog.getByText('张三、李娜 还没有签字').waitFor();
    // From the safe button back over the print button, three usual reasons and the reason to the two signatures.
    for (let back = 0; back < 7; back += 1) await clerk.press('Shift+Tab');
    const slips = demo.printer.slips().length;
    await clerk.press('F10');
    await expect.poll(() => demo.printer.slips().length).toBe(slips + 1);
    const paper = demo.printer.slips().at(-1)?.lines.join('\n') ?? '';
    for (const text of ['撤回申请书', '退回申请材料', '张三 签字', '李娜 签字']) expect(paper).toContain(text);
    await clerk.press('Space');
    await dialog.getByText('李娜 还没有签字').waitFor();
    for (const key of ['Tab', 'Space', 'Tab', 'ArrowDown']) await clerk.press(key);
    await shoot(page(), 'whole-withdraw');
    for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await clerk.press(key);
    await clerk.waitForState('已撤回');
  });

  test('the fee goes back by itself: two entries, one day’s balance that agrees with the channel', async () => {
    const fee = page().getByRole('region', { name: '费用' });
    await fee.getByText('已退清').waitFor();
    for (const entry of ['已收', '已退']) expect(await fee.getByText(entry, { exact: true }).count()).toBe(1);
    await shoot(page(), 'whole-refunded');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    const [paid, back] = record.payments;
    expect(record.payments).toMatchObject([
      { kind: 'paid', amountFen: 8000, payment: back?.payment },
      { kind: 'refunded', amountFen: 8000, payment: paid?.payment },
    ]);
    const after = await readBalance(await hall().desk('FEE'), '微信');
    expect(after).toEqual({
      paidCount: before.paidCount + 1,
      paid: before.paid + 80,
      refundedCount: before.refundedCount + 1,
      refunded: before.refunded + 80,
      net: before.net,
    });
    await setChannelFaults(hall().demo.gatewayUrl, []);
  });

  test('nobody can go on with it but the archive', async () => {
    for (const lane of ['BOOK', 'FEE'] as const) {
      const desk = await hall().desk(lane);
      await desk.press('Escape', '/', 'Control+a');
      await desk.page.keyboard.type(number);
      await desk.page.getByText('没有符合筛选的待办').waitFor();
    }
    await hall().work(number, ['ARC']);
    await hall().clerk.waitForState('已归档');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    const steps = record.history.map(({ step }) => step).filter((step) => /^(T|PAY)/.test(step));
    expect(steps).toEqual('T11 T14 T23 T24 T25 PAY:paid T26 T40 PAY:refunded T39'.split(' '));
    await hall().clerk.leave();
  });
}
