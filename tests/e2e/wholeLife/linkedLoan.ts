import { expect, test } from 'vitest';
import { readClocks } from '../../fixtures/clocks.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

/** P03 at the window in the fund's hall: the loan, its mortgage, and ninety minutes for both (domain.md §2.9). */
export function tellLinkedLoan(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  const linkedClock = () => page().getByTestId('linked-clock');
  const recordOf = async (id: string) => (await callFromPage(page(), 'case.get', { id })).record;
  let loan: string;
  let mortgage: string;

  test('the loan is accepted in the fund’s hall, and its mortgage right after it: ninety minutes for both', async () => {
    const terminal = { id: 'W07', role: 'window', hall: 'main', floor: 2 };
    const offers = ['registration', 'provident-fund'];
    await hall().reconfigure({ terminal: { ...terminal, place: 'pf-hall', offers } });
    await page().getByLabel('工号').waitFor();
    await hall().clerk.signIn('1001', 'Yichuang-1001');
    const { clerk } = hall();
    await hall().lay('zhangsan', '张三');
    await clerk.type('P03');
    await clerk.press('Enter');
    await clerk.answer('parties.0.bankNumber', '6228480001234567897');
    await clerk.answer('property.location', '龙山区东吉大街12号3单元402室');
    await clerk.tickPapers();
    loan = await clerk.accept();
    expect(loan).toMatch(/^G\d{8}07\d{4}$/);
    await clerk.waitForPrint();
    await linkedClock().getByText('90 分钟').waitFor();

    await clerk.press('Alt+g');
    await page().getByRole('region', { name: '公积金贷款' }).getByText(loan).waitFor();
    await clerk.press('Alt+n');
    const panel = page().getByRole('group', { name: '手工录入' });
    await panel.getByRole('radio', { name: '申请人' }).check();
    await panel.getByRole('radio', { name: '单位' }).check();
    await panel.getByRole('textbox', { name: '名称' }).fill('辽源市住房公积金管理中心');
    await panel.getByRole('textbox', { name: '证件号码' }).fill('91350100M000100Y43');
    await clerk.press('Enter');
    await page().getByRole('article', { name: '辽源市住房公积金管理中心' }).waitFor();
    await clerk.field('mortgage.amountFen').fill('300000');
    await clerk.field('mortgage.amountFen').focus();
    await clerk.press('Enter');
    await clerk.tickPapers();
    mortgage = await clerk.accept();
    await clerk.waitForPrint();
    await linkedClock()
      .getByText(new RegExp(`${loan}.*90 分钟`))
      .waitFor();
    await clerk.waitForState('并联办理');
  });

  test('granted, the loan is not paid out before its mortgage stands in the register', async () => {
    await hall().work(loan, ['REV1', 'REV2', 'APP']);
    const fee = await hall().desk('FEE');
    await fee.take(loan);
    await fee.page.keyboard.type('已放款');
    await fee.press('Control+Enter');
    await fee.page.getByText('关联的抵押登记还没有登簿').waitFor();
    await fee.press('Escape', 'Escape');
  });

  test('the mortgage is paid, booked, printed, checked and handed over at the same window', async () => {
    await hall().work(mortgage, ['FEE', 'REV1', 'REV2', 'APP']);
    await hall().payByPhone(mortgage);
    const blank = hall().takeBlank('proof');
    await hall().work(mortgage, ['BOOK', 'PRT', 'QC'], { blank });
    await hall().clerk.waitForState('待领证');
    await hall().handOver('zhangsan');
    const clocks = await readClocks(page());
    expect(clocks.text).toMatch(/已办结，用时 \d+ 分钟/);
    await shoot(page(), 'whole-linked-mortgage');
    expect((await recordOf(mortgage)).certificates).toMatchObject([
      { kind: 'proof', holders: ['辽源市住房公积金管理中心'], blank },
    ]);
  });

  test('then the loan is paid out, inside the ninety minutes', async () => {
    const fee = await hall().desk('FEE');
    await fee.take(loan);
    await fee.page.keyboard.type('已放款');
    await fee.press('Control+Enter');
    await fee.finished('放款办结');
    const { clerk } = hall();
    await clerk.leave();
    await clerk.open(loan);
    await clerk.waitForState('已发证');
    await shoot(page(), 'whole-linked-loan');
    const { acceptedAt, history } = await recordOf(loan);
    const paidOut = history.find(({ step }) => step === 'T45');
    expect(paidOut?.by).toBe('2003');
    expect(Date.parse(paidOut?.at ?? '') - Date.parse(acceptedAt)).toBeLessThan(90 * 60_000);
    await clerk.leave();
  });
}
