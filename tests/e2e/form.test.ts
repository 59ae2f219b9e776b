import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormDesk } from '../fixtures/formDesk.ts';

/** What an item asks for beside persons and papers, in the real program at the smallest screen (faces.md). */

const PLACE = '龙山区东吉大街12号3单元402室';

let desk: FormDesk;
beforeAll(async () => {
  desk = await FormDesk.open();
});
afterAll(() => desk.hall.stop());

test('A05: amount, term and use; what is wrong is said beside its field, and Enter goes from one to the next', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await keys.type('ybdy');
  await keys.press('Enter');
  await keys.waitForFocus('property.location');
  await keys.type(PLACE);
  await keys.press('Enter');
  await keys.waitForFocus('mortgage.amountFen');
  await keys.type('30万');
  await keys.press('Tab');
  await desk.page.getByText('金额应为数字，如 550.00，单位为元').first().waitFor();
  await desk.look('a05-wrong');
  await keys.field('mortgage.amountFen').fill('');
  await keys.field('mortgage.amountFen').focus();
  await keys.type('300,000.5');
  await keys.press('Tab');
  await keys.type('20261123');
  await keys.press('Tab');
  await keys.type('2026-11-1');
  await keys.press('Enter');
  await keys.waitForFocus('mortgage.to');
  await desk.page.getByText('债务履行届满日期早于起始日期').first().waitFor();
  await keys.field('mortgage.to').fill('2046-11-22');
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.look('a05');
  const number = await desk.finish();
  expect(await desk.acceptanceOf(number)).toMatchObject({
    catalogueVersion: '2026.3',
    mortgage: { way: 'ordinary', amountFen: 30_000_050, from: '2026-11-23', to: '2046-11-22' },
    delivery: { method: 'window' },
  });
  await desk.page.getByText('300,000.50 元').waitFor();
  await desk.look('a05-case');
  await keys.startNext();
});

test('a whole A05 without a mouse: the keys are counted', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await keys.fillIn({ item: 'A05', location: PLACE, amount: '300000' });
  await keys.accept();
  await keys.waitForPrint();
  await keys.startNext();
  // Item, location, amount, five papers, Enter, Enter, Enter.
  expect(keys.keys).toBe(11);
});

test('C01: two buyers by halves, the price, and a parcel instead of a second visit', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await desk.choose('C01');
  desk.hall.demo.reader.layCard('lina');
  await desk.page.getByRole('group', { name: /又放了一张证件/ }).waitFor();
  desk.hall.demo.reader.liftCard();
  await keys.press('1');
  await keys.waitForPerson('李娜');
  await keys.waitForFocus('coOwnership');
  await desk.page.getByRole('radio', { name: '按份共有' }).check();
  await desk.page.getByRole('textbox', { name: '张三 的份额' }).fill('1/2');
  await desk.page.getByRole('textbox', { name: '李娜 的份额' }).fill('1/3');
  await desk.page.getByText('各权利人份额合计为 5/6，应等于 1').first().waitFor();
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  await desk.page.getByRole('textbox', { name: '建筑面积' }).fill('89.5');
  await desk.page.getByRole('combobox', { name: '房屋用途' }).selectOption({ label: '住宅' });
  await desk.page.getByRole('textbox', { name: '交易价格' }).fill('680000');
  await desk.look('c01-shares');
  await desk.page.getByRole('textbox', { name: '李娜 的份额' }).fill('50%');
  await desk.page.getByRole('radio', { name: '邮寄' }).check();
  expect(await desk.page.getByRole('textbox', { name: '收件人', exact: true }).inputValue()).toBe('张三');
  await desk.page.getByRole('textbox', { name: '收件人电话' }).fill('12804370001');
  await keys.press('Enter');
  await keys.waitForFocus('delivery.phone');
  await desk.page.getByRole('textbox', { name: '收件人电话' }).fill('13804370001');
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.look('c01');
  const number = await desk.finish();
  expect(await desk.acceptanceOf(number)).toMatchObject({
    coOwnership: 'shares',
    parties: [{ share: '1/2' }, { share: '50%' }],
    priceFen: 68_000_000,
    property: { area: '89.50', use: 'dwelling' },
    delivery: { method: 'mail', receiver: '张三', phone: '13804370001' },
  });
  await desk.look('c01-case');
  await keys.startNext();
});

test('what the register holds stops an application, or asks for consent', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await desk.choose('C01');
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  await desk.page.getByRole('checkbox', { name: '查封' }).check();
  await desk.page.getByText('不动产已被查封，不能办理处分登记').first().waitFor();
  await desk.look('sealed');
  await desk.page.getByRole('checkbox', { name: '查封' }).uncheck();
  await desk.page.getByRole('checkbox', { name: '抵押' }).check();
  await desk.page.getByRole('checkbox', { name: '抵押权人或预告登记权利人同意' }).waitFor();
  await desk.page.getByRole('button', { name: '清空' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click();
  await keys.waitForFocus('itemCode');
});

test('D01 asks the kind of project, and the use and nature of the land', async () => {
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await desk.choose('D01');
  await keys.waitForFocus('projectKind');
  await keys.press('Space');
  await desk.page.getByRole('combobox', { name: '土地用途' }).selectOption({ label: '工业用地' });
  await desk.page.getByRole('combobox', { name: '权利性质' }).selectOption({ label: '出让' });
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.look('d01');
  const number = await desk.finish();
  expect(await desk.acceptanceOf(number)).toMatchObject({
    projectKind: 'INDUSTRIAL',
    coOwnership: 'sole',
    property: { landUse: 'industry', landNature: 'granted' },
  });
  await keys.startNext();
});

test('A03: no applicant; court, document and the second of the service', async () => {
  const keys = desk.clerk;
  await desk.choose('A03');
  await keys.waitForFocus('property.location');
  await keys.answer('property.location', PLACE);
  await keys.waitForFocus('seal.kind');
  await keys.press('Space');
  await keys.press('Enter');
  await keys.answer('seal.authority', '辽源市龙山区人民法院');
  await keys.answer('seal.document', '（2026）吉0402执1号');
  await keys.waitForFocus('seal.deliveredAt');
  const before = Math.floor(Date.now() / 1000);
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await keys.tickPapers();
  await desk.look('a03');
  const number = await desk.finish();
  const { seal, parties } = await desk.acceptanceOf(number);
  expect(parties).toEqual([]);
  expect(seal).toMatchObject({ kind: 'seal', authority: '辽源市龙山区人民法院', document: '（2026）吉0402执1号' });
  const delivered = Date.parse(seal?.deliveredAt ?? '') / 1000;
  expect(delivered).toBeGreaterThanOrEqual(before);
  expect(delivered).toBeLessThanOrEqual(Date.now() / 1000);
  await desk.look('a03-case');
  await keys.startNext();
});

test('a refusal never asks for what is shared, and its notice has a number of its own', async () => {
  await desk.lay('lina', '李娜');
  await desk.choose('C01');
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  const unit = desk.page.getByRole('textbox', { name: '单元号' });
  await unit.fill('220421001002GB00012F00030045');
  await desk.page.getByText('不动产在东丰县，由东丰县不动产登记机构办理').first().waitFor();
  await desk.look('other-registrar');
  await unit.fill('220402001002GB00012F00030045');
  await desk.page.keyboard.press('F12');
  const dialog = desk.page.getByRole('dialog', { name: '不予受理' });
  await dialog.getByText('买卖合同（网签备案）').waitFor();
  expect(await dialog.getByText('契税完税或减免税凭证').count()).toBe(0);
  await desk.page.keyboard.press('Enter');
  await expect.poll(() => desk.hall.demo.printer.slips().at(-1)?.lines.join('\n')).toContain('不予受理告知书');
  expect(desk.hall.demo.printer.slips().at(-1)?.lines.join('\n')).toMatch(/B220402\d{8}070001/);
});
