import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { acceptanceDraft, minimalDraft } from '../fixtures/acceptance.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** The steps beside the straight way, each from the face of its lane: tax, housing, notice, site visit, rejections. */

let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  await page().getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(() => hall.stop());

const page = (): Page => hall.launched.page;
const region = () => page().getByRole('article', { name: '办件' });
const rows = () => page().getByRole('list', { name: '待办' }).getByRole('button');
const finished = (text: string) => page().getByRole('status').getByText(text).waitFor();

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

const SELLER = {
  ...(acceptanceDraft().parties[0] as ReturnType<typeof acceptanceDraft>['parties'][number]),
  role: 'obligor' as const,
  kind: 'organisation' as const,
  name: '辽源市示例房地产开发有限公司',
  idKind: 'credit-code' as const,
  idNumber: '91350100M000100Y43',
};

async function accept(itemCode: string): Promise<string> {
  const item = findItem(itemCode);
  if (!item) throw new Error(`no item ${itemCode}`);
  const draft = minimalDraft(item);
  const sale = { priceFen: 56_800_000, parties: [...draft.parties, SELLER] };
  const property = { ...draft.property, area: '89.50', use: 'dwelling' as const };
  const input = { ...draft, property, ...(itemCode === 'A04' && sale) };
  const { number } = (await call('case.accept', { commandId: crypto.randomUUID(), draft: input })).acceptance;
  return number;
}

async function signIn(staff: string): Promise<void> {
  const account = page().getByLabel(/，账号/);
  if (await account.isVisible()) {
    await account.click();
    await page().getByRole('button', { name: '退出登录' }).click();
  }
  await page().getByLabel('工号').fill(staff);
  await page().getByLabel('密码').fill(`Yichuang-${staff}`);
  await page().keyboard.press('Enter');
  await page().getByRole('navigation', { name: '待办' }).waitFor();
}

/** Opens a task by the last digits of its number, and claims it when it is free. */
async function take(number: string): Promise<void> {
  await rows()
    .filter({ hasText: number.slice(-4) })
    .first()
    .click();
  await region().getByText(number.slice(-4)).first().waitFor();
  const claim = page().getByRole('button', { name: '领取', exact: true });
  if (await claim.isVisible()) {
    await claim.click();
    await claim.waitFor({ state: 'detached' });
  }
}

async function inspect(name: string): Promise<void> {
  await shoot(page(), `steps-${name}-1366`);
  expect(await findBarriers(page())).toEqual([]);
}

async function stateOf(number: string): Promise<string> {
  return (await call('case.get', { id: number })).record.state;
}

const numbers: Record<'sale' | 'gone' | 'visit' | 'late' | 'notice', string> = {
  ...{ sale: '', gone: '', visit: '', late: '', notice: '' },
};

test('the window accepts two sales, a cancellation by loss, and two more', async () => {
  numbers.sale = await accept('A04');
  numbers.gone = await accept('A04');
  numbers.visit = await accept('A01');
  numbers.late = await accept('A09');
  numbers.notice = await accept('A09');
  await hall.clerk.waitForLine(0, 5);
  await hall.reopen(['--role=backoffice']);
});

test('the tax desk sees who sells what to whom at which price, and ends with the ground of an exemption', async () => {
  await signIn('2001');
  await take(numbers.sale);
  const deal = page().getByRole('region', { name: '交易' });
  await deal.getByText('568000.00 元').waitFor();
  await deal.getByText('辽源市示例房地产开发有限公司').waitFor();
  await deal.getByText('89.50 ㎡').waitFor();
  await page().getByText('免税', { exact: true }).click();
  await page().getByText('请填免税依据').waitFor();
  await page().getByLabel('免税依据').fill('个人满五年唯一住房');
  await page().getByLabel('凭证号').fill('吉税免 2026-0017');
  await inspect('TAX');
  await page().keyboard.press('Control+Enter');
  await finished('办税办结');
  await take(numbers.gone);
  await page().getByRole('button', { name: '不涉及' }).click();
  await page().getByRole('dialog', { name: '不涉及' }).getByRole('button', { name: '不属于应税行为' }).click();
  await inspect('TAX-skip');
  await page().keyboard.press('Enter');
  await finished('不涉及');
});

test('the housing desk checks filing and limits, and returns what does not fit', async () => {
  await signIn('2002');
  await take(numbers.sale);
  await page().getByLabel('备案号').fill('辽源网签 2026-0101');
  await page().getByText('是', { exact: true }).click();
  await inspect('HOU');
  await page().keyboard.press('Control+Enter');
  await finished('住建办结');
  await take(numbers.gone);
  await page().keyboard.press('Control+Backspace');
  await page().getByRole('dialog', { name: '退回' }).getByRole('button', { name: '合同未备案' }).click();
  await page().keyboard.press('Enter');
  await finished('退回');
});

test('a site visit is ordered and its report filed by the first review (T21, T22)', async () => {
  await signIn('2004');
  await take(numbers.visit);
  await page().getByRole('button', { name: '实地查看' }).click();
  await page().getByRole('dialog', { name: '实地查看' }).getByRole('button', { name: '房屋灭失情况查看' }).click();
  await page().keyboard.press('Enter');
  await expect.poll(() => stateOf(numbers.visit)).toBe('SITE_VISIT');
  await take(numbers.visit);
  await page().getByLabel('查看报告').fill('现场查看，房屋已拆除');
  await inspect('site-visit');
  await page().keyboard.press('Control+Enter');
  await expect.poll(() => stateOf(numbers.visit)).toBe('PARALLEL');
});

test('what a department returned can be rejected by the approver (T41)', async () => {
  await signIn('2006');
  await take(numbers.gone);
  await page().keyboard.press('Control+Backspace');
  const dialog = page().getByRole('dialog', { name: '不予登记' });
  await dialog.getByLabel('情形').selectOption('other');
  await dialog.getByLabel('理由').fill('合同未备案，不能备案');
  await inspect('T41');
  await dialog.getByRole('button', { name: '不予登记', exact: true }).click();
  await finished('不予登记');
  expect(await stateOf(numbers.gone)).toBe('REJECTED');
});

test('a notice is published by the second review, and an objection ends the case (T18, T20)', async () => {
  await signIn('2004');
  await take(numbers.notice);
  for (let check = 0; check < 4; check += 1) {
    await page().getByText('是', { exact: true }).nth(check).click();
  }
  await page().keyboard.press('Control+Enter');
  await finished('初审办结');
  await signIn('2003');
  await take(numbers.notice);
  await page().keyboard.press('Control+Enter');
  await finished('核费办结');
  await signIn('2005');
  await take(numbers.notice);
  await page().getByRole('button', { name: '公告' }).click();
  await page().getByRole('dialog', { name: '公告' }).waitFor();
  await inspect('T18');
  await page().keyboard.press('Enter');
  await finished('公告');
  await signIn('2006');
  await take(numbers.notice);
  await page().keyboard.press('Control+Backspace');
  await page().getByRole('dialog', { name: '异议成立，不予登记' }).getByLabel('理由').fill('异议经查成立');
  await page().keyboard.press('Enter');
  await finished('异议成立');
  expect(await stateOf(numbers.notice)).toBe('REJECTED');
});

test('papers that were never handed in end a case the day after the deadline (T17)', async () => {
  await signIn('2004');
  const { record } = await call('case.get', { id: numbers.late });
  const data = { missing: [{ text: '不动产权证书', why: '未提交' }], deadline: '2026-01-05' };
  const target = { commandId: crypto.randomUUID(), caseId: record.id, baseVersion: record.version };
  await call('case.act', { ...target, advance: { transition: 'T15', data } });
  await signIn('2006');
  await take(numbers.late);
  await page().keyboard.press('Control+Backspace');
  await page().getByRole('dialog', { name: '逾期未补正，不予登记' }).getByLabel('理由').fill('逾期未补正');
  await page().keyboard.press('Enter');
  await finished('逾期未补正');
  expect(await stateOf(numbers.late)).toBe('REJECTED');
});
