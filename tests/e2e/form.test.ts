import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OfficeAdvance } from '../../contract/office.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';
import { catalogue as publishCatalogue } from '../../tools/commands/publish.ts';
import { openBackOffice } from '../fixtures/backOffice.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { laterCatalogue } from '../fixtures/publications.ts';
import { shoot } from '../fixtures/shots.ts';

/** What an item asks for beside persons and papers, in the real program at the smallest screen (faces.md). */

const PLACE = '龙山区东吉大街12号3单元402室';

let hall: Hall;
const page = () => hall.launched.page;
const clerk = () => hall.clerk;

/** The store's own record, over the page's channel. */
function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  return page().evaluate(
    async ([name, params]) => {
      type Answer = { ok: true; value: unknown } | { ok: false; code: string };
      const { yichuang } = globalThis as unknown as {
        yichuang: { call(name: string, params: unknown): Promise<Answer> };
      };
      const answer = await yichuang.call(name, params);
      if (!answer.ok) throw new Error(answer.code);
      return answer.value;
    },
    [method, input] as const,
  ) as Promise<MethodOutput<M>>;
}

const acceptanceOf = async (number: string) => (await call('case.get', { id: number })).record.acceptance;

/** A picture in both themes, no page that scrolls, and nobody shut out. */
async function look(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page().emulateMedia({ colorScheme });
    await shoot(page(), `form-${name}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page: page() }).setLegacyMode().analyze();
    expect(violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html}`))).toEqual([]);
  }
  await page().emulateMedia({ colorScheme: 'light' });
  const overflow = `[document.documentElement.scrollWidth - document.documentElement.clientWidth,
    document.documentElement.scrollHeight - document.documentElement.clientHeight]`;
  expect(await page().evaluate(overflow)).toEqual([0, 0]);
}

async function lay(card: string, name: string): Promise<void> {
  hall.demo.reader.layCard(card);
  await clerk().waitForPerson(name);
  hall.demo.reader.liftCard();
}

async function choose(item: string): Promise<void> {
  await clerk().type(item);
  await clerk().press('Enter');
  await page().getByRole('button', { name: '改选' }).waitFor();
}

/** F6: an organisation with its credit code. */
async function addOrganisation(name: string, code: string, role: '申请人' | '义务人' = '申请人'): Promise<void> {
  await page().keyboard.press('F6');
  const panel = page().getByRole('group', { name: '手工录入' });
  await panel.getByRole('radio', { name: role }).check();
  await panel.getByRole('radio', { name: '单位' }).check();
  await panel.getByRole('textbox', { name: '名称' }).fill(name);
  await panel.getByRole('textbox', { name: '证件号码' }).fill(code);
  await page().keyboard.press('Enter');
  await page().getByRole('article', { name }).waitFor();
}

async function finish(): Promise<string> {
  const number = await clerk().accept();
  await clerk().waitForPrint();
  return number;
}

describe('a window of the hall', () => {
  beforeAll(async () => {
    hall = await openHall({ width: 1366, height: 768 });
    await page().getByLabel('工号').waitFor();
    await clerk().signIn('1001', 'Yichuang-1001');
  });
  afterAll(() => hall.stop());

  test('A05: amount, term and use; what is wrong is said beside its field, and Enter goes from one to the next', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await keys.type('ybdy');
    await keys.press('Enter');
    await keys.waitForFocus('property.location');
    await keys.type(PLACE);
    await keys.press('Enter');
    await keys.waitForFocus('mortgage.amountFen');
    await keys.type('30万');
    await keys.press('Tab');
    await page().getByText('金额应为数字，如 550.00，单位为元').first().waitFor();
    await look('a05-wrong');
    await keys.field('mortgage.amountFen').fill('');
    await keys.field('mortgage.amountFen').focus();
    await keys.type('300,000.5');
    await keys.press('Tab');
    await keys.type('20261123');
    await keys.press('Tab');
    await keys.type('2026-11-1');
    await keys.press('Enter');
    await keys.waitForFocus('mortgage.to');
    await page().getByText('债务履行届满日期早于起始日期').first().waitFor();
    await keys.field('mortgage.to').fill('2046-11-22');
    await keys.press('Enter');
    await keys.tickPapers();
    await look('a05');
    const number = await finish();
    expect(await acceptanceOf(number)).toMatchObject({
      catalogueVersion: '2026.3',
      mortgage: { way: 'ordinary', amountFen: 30_000_050, from: '2026-11-23', to: '2046-11-22' },
      delivery: { method: 'window' },
    });
    await page().getByText('300000.50 元').waitFor();
    await look('a05-case');
    await keys.startNext();
  });

  test('a whole A05 without a mouse: the keys are counted', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await keys.fillIn({ item: 'A05', location: PLACE, amount: '300000' });
    await keys.accept();
    await keys.waitForPrint();
    await keys.startNext();
    // Item, location, amount, five papers, Enter, Enter, Enter.
    expect(keys.keys).toBe(11);
  });

  test('C01: two buyers by halves, the price, and a parcel instead of a second visit', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await choose('C01');
    hall.demo.reader.layCard('lina');
    await page()
      .getByRole('group', { name: /又放了一张证件/ })
      .waitFor();
    hall.demo.reader.liftCard();
    await keys.press('1');
    await keys.waitForPerson('李娜');
    await keys.waitForFocus('coOwnership');
    await page().getByRole('radio', { name: '按份共有' }).check();
    await page().getByRole('textbox', { name: '张三 的份额' }).fill('1/2');
    await page().getByRole('textbox', { name: '李娜 的份额' }).fill('1/3');
    await page().getByText('各权利人份额合计为 5/6，应等于 1').first().waitFor();
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    await page().getByRole('textbox', { name: '建筑面积' }).fill('89.5');
    await page().getByRole('combobox', { name: '房屋用途' }).selectOption({ label: '住宅' });
    await page().getByRole('textbox', { name: '交易价格' }).fill('680000');
    await look('c01-shares');
    await page().getByRole('textbox', { name: '李娜 的份额' }).fill('50%');
    await page().getByRole('radio', { name: '邮寄' }).check();
    expect(await page().getByRole('textbox', { name: '收件人', exact: true }).inputValue()).toBe('张三');
    await page().getByRole('textbox', { name: '收件人电话' }).fill('12804370001');
    await keys.press('Enter');
    await keys.waitForFocus('delivery.phone');
    await page().getByRole('textbox', { name: '收件人电话' }).fill('13804370001');
    await keys.press('Enter');
    await keys.tickPapers();
    await look('c01');
    const number = await finish();
    expect(await acceptanceOf(number)).toMatchObject({
      coOwnership: 'shares',
      parties: [{ share: '1/2' }, { share: '50%' }],
      priceFen: 68_000_000,
      property: { area: '89.50', use: 'dwelling' },
      delivery: { method: 'mail', receiver: '张三', phone: '13804370001' },
    });
    await look('c01-case');
    await keys.startNext();
  });

  test('what the register holds stops an application, or asks for consent', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await choose('C01');
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    await page().getByRole('checkbox', { name: '查封' }).check();
    await page().getByText('不动产已被查封，不能办理处分登记').first().waitFor();
    await look('sealed');
    await page().getByRole('checkbox', { name: '查封' }).uncheck();
    await page().getByRole('checkbox', { name: '抵押' }).check();
    await page().getByRole('checkbox', { name: '抵押权人或预告登记权利人同意' }).waitFor();
    await page().getByRole('button', { name: '清空' }).click();
    await page().getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click();
    await keys.waitForFocus('itemCode');
  });

  test('D01 asks the kind of project, and the use and nature of the land', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await choose('D01');
    await keys.waitForFocus('projectKind');
    await keys.press('Space');
    await page().getByRole('combobox', { name: '土地用途' }).selectOption({ label: '工业用地' });
    await page().getByRole('combobox', { name: '权利性质' }).selectOption({ label: '出让' });
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    await keys.press('Enter');
    await keys.tickPapers();
    await look('d01');
    const number = await finish();
    expect(await acceptanceOf(number)).toMatchObject({
      projectKind: 'INDUSTRIAL',
      coOwnership: 'sole',
      property: { landUse: 'industry', landNature: 'granted' },
    });
    await keys.startNext();
  });

  test('A03: no applicant; court, document and the second of the service', async () => {
    const keys = clerk();
    await choose('A03');
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
    await look('a03');
    const number = await finish();
    const { seal, parties } = await acceptanceOf(number);
    expect(parties).toEqual([]);
    expect(seal).toMatchObject({ kind: 'seal', authority: '辽源市龙山区人民法院', document: '（2026）吉0402执1号' });
    const delivered = Date.parse(seal?.deliveredAt ?? '') / 1000;
    expect(delivered).toBeGreaterThanOrEqual(before);
    expect(delivered).toBeLessThanOrEqual(Date.now() / 1000);
    await look('a03-case');
    await keys.startNext();
  });

  test('a refusal never asks for what is shared, and its notice has a number of its own', async () => {
    await lay('lina', '李娜');
    await choose('C01');
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    const unit = page().getByRole('textbox', { name: '单元号' });
    await unit.fill('220421001002GB00012F00030045');
    await page().getByText('不动产在东丰县，由东丰县不动产登记机构办理').first().waitFor();
    await look('other-registrar');
    await unit.fill('220402001002GB00012F00030045');
    await page().keyboard.press('F12');
    const dialog = page().getByRole('dialog', { name: '不予受理' });
    await dialog.getByText('买卖合同（网签备案）').waitFor();
    expect(await dialog.getByText('契税完税或减免税凭证').count()).toBe(0);
    await page().keyboard.press('Enter');
    await expect.poll(() => hall.demo.printer.slips().at(-1)?.lines.join('\n')).toContain('不予受理告知书');
    expect(hall.demo.printer.slips().at(-1)?.lines.join('\n')).toMatch(/B220402\d{8}070001/);
  });
});

test('a second notice for what was missing the first time is shown to the supervisor', async () => {
  hall = await openHall({ width: 1366, height: 768 });
  onTestFinished(() => hall.stop());
  await page().getByLabel('工号').waitFor();
  await clerk().signIn('1001', 'Yichuang-1001');
  const office = await openBackOffice(hall.demo);
  onTestFinished(() => office.stop());
  await lay('zhangsan', '张三');
  await clerk().fillIn({ item: 'A05', location: PLACE });
  const number = await finish();
  const notice: OfficeAdvance = {
    transition: 'T15',
    data: { missing: [{ text: '共有人同意书', why: '登记簿记载为共有' }], deadline: '2099-12-07' },
  };
  await office.waitFor(number, 'PARALLEL');
  await office.act(number, 'REV1', notice);
  await page().getByTestId('case-state').getByText('待补正').waitFor();
  const { record } = await call('case.get', { id: number });
  const advance: OfficeAdvance = { transition: 'T16', data: { received: [] } };
  const target = { caseId: record.id, baseVersion: record.version, commandId: randomUUID() };
  await call('case.act', { ...target, advance });
  await office.waitFor(number, 'PARALLEL');
  await office.act(number, 'REV1', notice);
  await page().getByText('二次告知：共有人同意书').waitFor();
  await hall.reopen(['--role=supervisor']);
  await page().getByRole('tab', { name: '空白证' }).click();
  await page().getByLabel('工号').fill('9001');
  await page().getByLabel('密码').fill('Yichuang-9001');
  await page().keyboard.press('Enter');
  await page().getByText('蒋华').waitFor();
  await page().getByRole('tab').first().click();
  const faults = page().getByRole('region', { name: '服务差错' });
  await faults.getByText(`${number} 一般抵押权首次登记`).waitFor();
  await faults.getByText(/二次告知：共有人同意书/).waitFor();
  await shoot(page(), 'form-supervisor-faults');
});

describe('a catalogue that the centre publishes', () => {
  beforeAll(async () => {
    hall = await openHall({ width: 1366, height: 768 });
    await page().getByLabel('工号').waitFor();
    await clerk().signIn('1001', 'Yichuang-1001');
  });
  afterAll(() => hall.stop());

  test('is said to a form under way, which keeps its own; the next form goes by the new one', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await choose('A09');
    const { centreDir, slipsDir } = hall.demo.folder;
    const file = path.join(slipsDir, '..', 'catalogue.json');
    writeFileSync(file, JSON.stringify(laterCatalogue('2026.4', '2026-01-01')));
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await publishCatalogue({ data: centreDir, file });
    vi.restoreAllMocks();
    await page().getByText('办事目录已更新为 2026.4，本件仍按 2026.3 办理').waitFor();
    await look('newer-catalogue');
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    await keys.press('Enter');
    await keys.tickPapers();
    const number = await finish();
    expect(await acceptanceOf(number)).toMatchObject({ itemCode: 'A09', catalogueVersion: '2026.3' });
    expect(
      await page().getByRole('article', { name: '办件' }).getByText('抵押权注销登记').first().textContent(),
    ).not.toContain('（新）');
    await keys.startNext();
    await lay('lina', '李娜');
    await choose('A09');
    await page().getByText('抵押权注销登记（新）').first().waitFor();
    await page().getByRole('region', { name: '时限' }).getByText('30 分钟').waitFor();
    expect(await page().getByText('办事目录已更新').count()).toBe(0);
  });
});

describe('the window in the hall of the provident fund', () => {
  beforeAll(async () => {
    hall = await openHall({ width: 1366, height: 768 });
    const { configFile } = hall.demo.folder;
    const here = '"place": "pf-hall", "offers": ["registration", "provident-fund"]';
    writeFileSync(configFile, readFileSync(configFile, 'utf8').replace('"floor": 2', `"floor": 2, ${here}`));
    await hall.reopen();
    await page().getByLabel('工号').waitFor();
    await clerk().signIn('1001', 'Yichuang-1001');
  });
  afterAll(() => hall.stop());

  let loan: string;

  test('offers its five registrations and the 42 of the fund', async () => {
    const list = page().getByRole('listbox', { name: '事项列表' });
    await expect.poll(() => list.getByRole('option').count()).toBe(47);
    const first = list.getByRole('group').first().getByRole('option');
    const codes = (await first.allTextContents()).map((text) => text.slice(0, 3));
    expect(codes).toEqual(['A05', 'A06', 'A08', 'A09', 'A14']);
    await look('pf-items');
  });

  test('P03: the card into which is paid, checked by its last digit and masked', async () => {
    const keys = clerk();
    await lay('zhangsan', '张三');
    await choose('P03');
    await keys.waitForFocus('parties.0.bankNumber');
    await keys.type('6228480001234567898');
    await keys.press('Tab');
    await page().getByText('银行卡号末位（第 19 位）与前面各位不符，请核对').first().waitFor();
    await keys.field('parties.0.bankNumber').fill('6228480001234567897');
    await keys.field('property.location').focus();
    expect(await keys.field('parties.0.bankNumber').inputValue()).toBe('***************7897');
    await keys.answer('property.location', PLACE);
    await keys.tickPapers();
    await look('p03');
    loan = await finish();
    expect(loan).toMatch(/^G\d{8}070001$/);
    await page().getByTestId('linked-clock').getByText('90 分钟').waitFor();
    await look('p03-case');
  });

  test('its mortgage takes borrower, home and link along; the 90 minutes count for both', async () => {
    const keys = clerk();
    await keys.press('Alt+g');
    await page().getByRole('region', { name: '公积金贷款' }).getByText(loan).waitFor();
    await addOrganisation('辽源市住房公积金管理中心', '91350100M000100Y43');
    await page().getByRole('textbox', { name: '担保债权' }).fill('300000');
    await page().getByRole('textbox', { name: '借款合同' }).fill('辽公积贷2026-0001');
    await page().getByRole('textbox', { name: '担保债权' }).focus();
    await keys.press('Enter');
    await keys.tickPapers();
    await look('p03-mortgage');
    const number = await finish();
    const acceptance = await acceptanceOf(number);
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
    await page().getByTestId('linked-clock').getByText(new RegExp(loan)).waitFor();
    await look('p03-mortgage-case');
    await keys.startNext();
  });

  test('P02 names the transfer it waits for; its minutes begin when that is booked', async () => {
    const keys = clerk();
    await lay('lina', '李娜');
    await choose('P02');
    await page().getByRole('region', { name: '存量房转移登记' }).getByText('90 分钟自转移登记登簿起计').waitFor();
    await page().getByRole('textbox', { name: '李娜 的银行卡' }).fill('6228480001234567897');
    await page().getByRole('textbox', { name: '坐落' }).fill(PLACE);
    await page().getByRole('textbox', { name: '受理编号' }).fill(loan);
    await keys.field('property.location').focus();
    await page().getByText('这个编号不是 C01 的办件').waitFor();
    await look('p02');
    await page().getByRole('textbox', { name: '受理编号' }).fill('');
    await keys.field('property.location').focus();
    await keys.press('Enter');
    await keys.tickPapers();
    await finish();
    await page().getByText('转移登记登簿后起计 90 分钟').waitFor();
  });
});
