import { expect, test } from 'vitest';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { minimalDraft } from '../../fixtures/acceptance.ts';
import { openBackOffice } from '../../fixtures/backOffice.ts';
import { readClocks } from '../../fixtures/clocks.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

const FUND = { name: '辽源市住房公积金管理中心', idNumber: '91350100M000100Y43' } as const;

/** P03 at the window in the fund's hall: the loan, its mortgage, and ninety minutes for both (domain.md §2.9). */
export function tellLinkedLoan(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  const recordOf = async (id: string) => (await callFromPage(page(), 'case.get', { id })).record;
  let loan: string;
  let mortgage: string;

  /** Over the page's channel, with what the form would send. */
  async function accept(itemCode: string, more: object = {}): Promise<string> {
    const item = findItem(itemCode);
    if (!item) throw new Error(itemCode);
    const commandId = crypto.randomUUID();
    const draft = { ...minimalDraft(item), ...more };
    return (await callFromPage(page(), 'case.accept', { commandId, draft })).acceptance.number;
  }

  test('the loan is accepted in the fund’s hall, and its mortgage right after it: ninety minutes for both', async () => {
    const terminal = { id: 'W07', role: 'window', hall: 'main', floor: 2 };
    const offers = ['registration', 'provident-fund'];
    await hall().reconfigure({ terminal: { ...terminal, place: 'pf-hall', offers } });
    await page().getByLabel('工号').waitFor();
    const { clerk } = hall();
    await clerk.signIn('1001', 'Yichuang-1001');
    loan = await accept('P03');
    expect(loan).toMatch(/^G\d{8}07\d{4}$/);
    const { id: caseId, acceptance } = await recordOf(loan);
    const [borrower] = acceptance.parties;
    const fund = { role: 'holder', kind: 'organisation', idKind: 'credit-code', origin: 'typed', overrides: [] };
    mortgage = await accept('A05', {
      parties: [
        { ...borrower, role: 'obligor' },
        { ...fund, ...FUND },
      ],
      link: { caseId, number: loan },
    });
    await clerk.open(mortgage);
    await clerk.waitForState('并联办理');
    await page()
      .getByTestId('linked-clock')
      .filter({ hasText: loan })
      .getByText(/90 分钟/)
      .waitFor();
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
    expect((await readClocks(page())).text).toMatch(/已办结，用时 \d+ 分钟/);
    await shoot(page(), 'whole-linked-mortgage');
    expect((await recordOf(mortgage)).certificates).toMatchObject([{ kind: 'proof', holders: [FUND.name], blank }]);
  });

  test('then the loan is paid out, inside the ninety minutes', async () => {
    const { id: linkedCaseId } = await recordOf(mortgage);
    const office = await openBackOffice(hall().demo);
    await office.waitFor(loan, 'APPROVED');
    await office.act(loan, 'FEE', { transition: 'T45', data: { note: '已放款', linkedCaseId } });
    await office.stop();
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
