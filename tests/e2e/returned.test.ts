import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { type BackOffice, openBackOffice } from '../fixtures/backOffice.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { shoot } from '../fixtures/shots.ts';

/** The window withdraws a case while the centre is away; behind it the lanes have gone on with it. */

let hall: Hall;
let backOffice: BackOffice;
let caseId: string;
let number: string;

const page = () => hall.launched.page;
const ask = <M extends Parameters<typeof callFromPage>[1]>(method: M, input: Parameters<typeof callFromPage<M>>[2]) =>
  callFromPage(page(), method, input);

async function withdraw(): Promise<void> {
  const { record } = await ask('case.get', { id: caseId });
  const signed = record.acceptance.parties.map(({ name }) => name);
  const advance = { transition: 'T40', data: { reason: '双方协商撤回', signed } } as const;
  await ask('case.act', { commandId: v7(), caseId, baseVersion: record.version, advance });
}

beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  backOffice = await openBackOffice(hall.demo);
  const { clerk } = hall;
  await clerk.signIn('1001', 'Yichuang-1001');
  const accepted = await ask('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  [caseId, number] = [accepted.id, accepted.acceptance.number];
});
afterAll(async () => {
  await backOffice?.stop();
  await hall?.stop();
});

test('while the centre is away the window withdraws the case, and the lanes go on with it before the window is back', async () => {
  await expect.poll(async () => (await ask('case.get', { id: caseId })).record.state).toBe('PARALLEL');
  await ask('slips.print', { caseId, slip: 'withdrawal' });
  await hall.demo.setCentre(false);
  await page()
    .getByText(/起与中心的连接中断/)
    .waitFor();
  await withdraw();
  await hall.cutPower();
  await hall.demo.setCentre(true);
  await backOffice.settleLanes(number);
  await (await hall.reopen()).signIn('1001', 'Yichuang-1001');
});

test('the strip says that something came back; Alt+R shows both sides, and what the centre has stands in the list', async () => {
  await page().getByText('1 条记录被中心退回').waitFor();
  await shoot(page(), 'returned-band-1366');
  await page().keyboard.press('Alt+r');
  const dialog = page().getByRole('dialog', { name: '退回记录' });
  const card = dialog.getByRole('listitem').filter({ hasText: '中心的办件在此之前已有变化' });
  await card.getByText('双方协商撤回').waitFor();
  await card.getByRole('list', { name: '此后经过' }).getByText('初审 办结').waitFor();
  expect(await findBarriers(page())).toEqual([]);
  await shoot(page(), 'returned-sides-1366');
  expect((await ask('case.get', { id: caseId })).record.state).toBe('PARALLEL');
});

test('in five keys the step is taken again on what the centre has, and nothing is left to decide', async () => {
  const dialog = page().getByRole('dialog', { name: '退回记录' });
  const again = dialog.getByRole('button', { name: '重新办理这一步' });
  await expect.poll(() => again.evaluate((button) => button.matches(':focus'))).toBe(true);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page().keyboard.press(key);
  };
  await press('Enter');
  const question = page().getByRole('dialog', { name: '在中心现状上重新办理这一步' });
  await question.getByLabel('核对情况').waitFor();
  await shoot(page(), 'returned-decide-1366');
  await press('ArrowDown');
  await press('Enter');
  await dialog.getByText('没有待处理的退回记录').waitFor();
  await dialog.getByText('已与申请人再次确认').waitFor();
  await shoot(page(), 'returned-settled-1366');
  await press('Escape');
  await expect.poll(async () => (await ask('case.get', { id: caseId })).record.state).toBe('WITHDRAWN');
  await backOffice.waitFor(number, 'WITHDRAWN');
  expect(keys).toBeLessThanOrEqual(5);
  await expect.poll(async () => (await ask('sync.status', {})).rejected).toBe(0);
});

test('a case of another window says so, and a supervisor brings it here with a reason', async () => {
  await (await hall.reopen()).signIn('1002', 'Yichuang-1002');
  const { id } = await ask('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  await expect.poll(async () => (await ask('case.get', { id })).record.state).toBe('PARALLEL');
  const { version } = (await ask('case.get', { id })).record;
  const take = { window: 'W08', reason: '申请人到八号窗口办理' };
  await ask('case.takeOver', { commandId: v7(), caseId: id, baseVersion: version, take });
  await page().keyboard.press('Alt+ArrowDown');
  const file = page().getByRole('article', { name: '办件' });
  await file.getByText('8 号窗口经办').waitFor();
  await shoot(page(), 'owner-other-1366');
  expect(await findBarriers(page())).toEqual([]);
  await file.getByRole('button', { name: '接管到本窗口' }).click();
  await page().getByRole('dialog', { name: '接管到 7 号窗口' }).getByLabel('接管原因').waitFor();
  await shoot(page(), 'owner-take-1366');
  await page().keyboard.press('ArrowDown');
  await page().keyboard.press('Enter');
  await file.getByText('8 号窗口经办').waitFor({ state: 'detached' });
  expect((await ask('case.get', { id })).record.owner).toEqual({ window: 'W07', fence: 3 });
});

test('the supervisor sees what came back in the hall, and what became of it', async () => {
  await hall.reopen(['--role=supervisor']);
  await page().getByRole('tab', { name: '退回记录' }).click();
  await page().getByLabel('工号').fill('1002');
  await page().getByLabel('密码').fill('Yichuang-1002');
  await page().keyboard.press('Enter');
  const settled = page().getByRole('region', { name: '已处理' });
  await settled.getByText('已与申请人再次确认').waitFor();
  await page().getByText('没有待处理的退回记录').waitFor();
  expect(await findBarriers(page())).toEqual([]);
  await shoot(page(), 'returned-supervisor-1366');
});
