import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormDesk } from '../fixtures/formDesk.ts';

/** The window in the hall of the provident fund: its items, a loan, and the mortgage that secures it (S10; domain.md §2.9). */

const PLACE = '龙山区东吉大街12号3单元402室';

let desk: FormDesk;
beforeAll(async () => {
  desk = await FormDesk.open(async (hall) => {
    const { terminal } = parse(readFileSync(hall.demo.folder.configFile, 'utf8')) as { terminal: object };
    const here = { place: 'pf-hall', offers: ['registration', 'provident-fund'] };
    await hall.reconfigure({ terminal: { ...terminal, ...here } });
  });
});
afterAll(() => desk.hall.stop());

let loan: string;

test('offers its five registrations and the 42 of the fund', async () => {
  const list = desk.page.getByRole('listbox', { name: '事项列表' });
  await expect.poll(() => list.getByRole('option').count()).toBe(47);
  const first = list.getByRole('group').first().getByRole('option');
  const codes = (await first.allTextContents()).map((text) => text.slice(0, 3));
  expect(codes).toEqual(['A05', 'A06', 'A08', 'A09', 'A14']);
  await desk.look('pf-items');
});

test('P03: the card into which is paid, checked by its last digit and masked', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await desk.choose('P03');
  await keys.waitForFocus('parties.0.bankNumber');
  await keys.type('6228480001234567898');
  await keys.press('Tab');
  await desk.page.getByText('银行卡号末位（第 19 位）与前面各位不符，请核对').first().waitFor();
  await keys.field('parties.0.bankNumber').fill('6228480001234567897');
  await keys.field('property.location').focus();
  expect(await keys.field('parties.0.bankNumber').inputValue()).toBe('***************7897');
  await keys.answer('property.location', PLACE);
  await keys.tickPapers();
  await desk.look('p03');
  loan = await desk.finish();
  expect(loan).toMatch(/^G\d{8}070001$/);
  await desk.page.getByTestId('linked-clock').getByText('90 分钟').waitFor();
  await desk.look('p03-case');
});

test('its mortgage takes borrower, home and link along; the 90 minutes count for both', async () => {
  const keys = desk.clerk;
  await keys.press('Alt+g');
  await desk.page.getByRole('region', { name: '公积金贷款' }).getByText(loan).waitFor();
  await desk.addOrganisation('辽源市住房公积金管理中心', '91350100M000100Y43');
  await desk.page.getByRole('textbox', { name: '担保债权' }).fill('300000');
  await desk.page.getByRole('textbox', { name: '借款合同' }).fill('辽公积贷2026-0001');
  await desk.page.getByRole('textbox', { name: '担保债权' }).focus();
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.look('p03-mortgage');
  const number = await desk.finish();
  const acceptance = await desk.acceptanceOf(number);
  expect(acceptance).toMatchObject({
    itemCode: 'A05',
    source: 'pf-hall',
    property: { location: PLACE },
    link: { number: loan, contractNumber: '辽公积贷2026-0001' },
  });
  expect(acceptance.parties.map(({ role, name }) => `${role} ${name}`)).toEqual([
    'obligor 张三',
    'holder 辽源市住房公积金管理中心',
  ]);
  await desk.page.getByTestId('linked-clock').getByText(new RegExp(loan)).waitFor();
  await desk.look('p03-mortgage-case');
  await keys.startNext();
});

test('P02 names the transfer it waits for; its minutes begin when that is booked', async () => {
  const keys = desk.clerk;
  await desk.lay('lina', '李娜');
  await desk.choose('P02');
  await desk.page.getByRole('region', { name: '存量房转移登记' }).getByText('90 分钟自转移登记登簿起计').waitFor();
  await desk.page.getByRole('textbox', { name: '李娜 的银行卡' }).fill('6228480001234567897');
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  await desk.page.getByRole('textbox', { name: '受理编号' }).fill(loan);
  await keys.field('property.location').focus();
  await desk.page.getByText('这个编号不是 C01 的办件').waitFor();
  await desk.look('p02');
  await desk.page.getByRole('textbox', { name: '受理编号' }).fill('');
  await keys.field('property.location').focus();
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.finish();
  await desk.page.getByText('转移登记登簿后起计 90 分钟').waitFor();
});
