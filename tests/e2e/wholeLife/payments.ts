import { expect, test } from 'vitest';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { minimalDraft } from '../../fixtures/acceptance.ts';
import { readBalance } from '../../fixtures/balance.ts';
import { countOps } from '../../fixtures/countOps.ts';
import type { OfficeDesk } from '../../fixtures/officeDesk.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { payAtChannel, scanPayCode, setChannelFaults } from '../../fixtures/phone.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

/** One fee, asked for again and again, at a channel that confirms twice, too early, late, or never by itself. */
export function tellPayments(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  const gateway = () => hall().demo.gatewayUrl;
  let fee: OfficeDesk;
  let number: string;
  let caseId: string;

  const askForCode = () => fee.page.getByRole('button', { name: '出示付款码' }).press('Enter');
  const isPaid = () => fee.page.getByRole('status').getByText('费用已缴清').waitFor();
  const rowsOf = (state: string) => fee.page.getByRole('row').filter({ hasText: state });
  /** Every entry of the case's own books: +80 yuan in, -80 yuan out. */
  async function entries(): Promise<number[]> {
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    return record.payments.map(({ kind, amountFen }) => (kind === 'paid' ? amountFen : -amountFen) / 100);
  }

  /** Before the register money may go back, and the case waits for its fee again. */
  async function giveBack(): Promise<void> {
    const before = await rowsOf('已退款').count();
    await setChannelFaults(gateway(), []);
    await fee.page.getByRole('button', { name: '退款', exact: true }).press('Enter');
    await fee.page.getByLabel('退款理由').fill('改由银行缴');
    await fee.page.getByRole('button', { name: '退款', exact: true }).last().press('Enter');
    await expect.poll(() => rowsOf('已退款').count()).toBe(before + 1);
    await fee.region().getByText('待缴费').first().waitFor();
  }

  test('confirmed twice at once, the fee is paid once', async () => {
    const item = findItem('A05');
    if (!item) throw new Error('A05');
    const draft = minimalDraft(item);
    const accepted = await callFromPage(page(), 'case.accept', { commandId: crypto.randomUUID(), draft });
    ({ id: caseId } = accepted);
    ({ number } = accepted.acceptance);
    await hall().work(number, ['FEE', 'REV1', 'REV2', 'APP']);
    fee = await hall().desk('FEE');
    await setChannelFaults(gateway(), ['double-confirm']);
    await fee.take(number);
    await askForCode();
    await payAtChannel(gateway(), await scanPayCode(fee.page));
    await isPaid();
    expect(await rowsOf('已支付').count()).toBe(1);
    await expect.poll(entries).toEqual([80]);
    await giveBack();
    await expect.poll(entries).toEqual([80, -80]);
  });

  test('a slow channel that says nothing is asked: until it answers, the page takes nobody’s word', async () => {
    await setChannelFaults(gateway(), ['slow', 'silent']);
    await askForCode();
    await payAtChannel(gateway(), await scanPayCode(fee.page));
    await fee.page.getByText('收到中心确认后自动显示已缴，请勿凭手机截图放行').waitFor();
    expect(await fee.page.getByText('费用已缴清').count()).toBe(0);
    await shoot(fee.page, 'whole-pay-waiting');
    await isPaid();
    await giveBack();
  });

  test('paid before the channel has answered with a code, no code is shown', async () => {
    await setChannelFaults(gateway(), ['confirm-first']);
    await askForCode();
    await isPaid();
    expect(await fee.page.getByTestId('pay-code').count()).toBe(0);
    await giveBack();
  });

  test('cash of a case that is then withdrawn stays with the fee desk until it is handed back', async () => {
    const before = await readBalance(fee, '现金');
    await fee.page.getByRole('radio', { name: '现金' }).check({ force: true });
    await fee.page.getByLabel('票号').fill('P0000001');
    await fee.page.getByRole('button', { name: '确认收款' }).press('Enter');
    await isPaid();
    await expect
      .poll(async () => (await callFromPage(page(), 'case.get', { id: number })).record.state)
      .toBe('APPROVED');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    await callFromPage(page(), 'case.act', {
      commandId: crypto.randomUUID(),
      caseId,
      baseVersion: record.version,
      advance: { transition: 'T40', data: { reason: '申请人自愿撤回', signed: ['张三'] } },
    });
    await fee.region().getByText('已撤回').first().waitFor();
    await fee.take(number);
    await fee.page.getByRole('button', { name: '登记退款已付' }).press('Enter');
    await fee.page.getByLabel('退款票号').fill('R0000001');
    await fee.page.getByRole('button', { name: '退款', exact: true }).press('Enter');
    await expect.poll(entries).toEqual([80, -80, 80, -80, 80, -80, 80, -80]);
    expect(countOps(hall().demo.folder.terminalDir, caseId, 'case.paid')).toBe(8);
    await expect.poll(() => fee.rows().count()).toBe(0);
    const after = await readBalance(fee, '现金');
    expect([after.paid - before.paid, after.refunded - before.refunded, after.net]).toEqual([80, 80, before.net]);
  });
}
