import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { OfficeAdvance } from '../../contract/office.ts';
import { catalogue as publishCatalogue } from '../../tools/commands/publish.ts';
import { openBackOffice } from '../fixtures/backOffice.ts';
import { FormDesk } from '../fixtures/formDesk.ts';
import { laterCatalogue } from '../fixtures/publications.ts';
import { shoot } from '../fixtures/shots.ts';

/** What reaches the window from elsewhere: a published catalogue; and what leaves it: a fault of ours. */

const PLACE = '龙山区东吉大街12号3单元402室';

let desk: FormDesk;

test('a second notice for what was missing the first time is shown to the supervisor', async () => {
  desk = await FormDesk.open();
  onTestFinished(() => desk.hall.stop());
  const office = await openBackOffice(desk.hall.demo);
  onTestFinished(() => office.stop());
  await desk.lay('zhangsan', '张三');
  await desk.clerk.fillIn({ item: 'A05', location: PLACE });
  const number = await desk.finish();
  const notice: OfficeAdvance = {
    transition: 'T15',
    data: { missing: [{ text: '共有人同意书', why: '登记簿记载为共有' }], deadline: '2099-12-07' },
  };
  await office.waitFor(number, 'PARALLEL');
  await office.act(number, 'REV1', notice);
  await desk.page.getByTestId('case-state').getByText('待补正').waitFor();
  const { record } = await desk.call('case.get', { id: number });
  const advance: OfficeAdvance = { transition: 'T16', data: { received: [] } };
  const target = { caseId: record.id, baseVersion: record.version, commandId: randomUUID() };
  await desk.call('case.act', { ...target, advance });
  await office.waitFor(number, 'PARALLEL');
  await office.act(number, 'REV1', notice);
  await desk.page.getByText('二次告知：共有人同意书').waitFor();
  await desk.hall.reopen(['--role=supervisor']);
  await desk.page.getByRole('tab', { name: '空白证' }).click();
  await desk.page.getByLabel('工号').fill('9001');
  await desk.page.getByLabel('密码').fill('Yichuang-9001');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByText('蒋华').waitFor();
  await desk.page.getByRole('tab', { name: '总览' }).click();
  const faults = desk.page.getByRole('region', { name: '服务差错' });
  await faults.getByText(`${number} 一般抵押权首次登记`).waitFor();
  await faults.getByText(/二次告知：共有人同意书/).waitFor();
  await shoot(desk.page, 'form-supervisor-faults');
});

test('a published catalogue is said to a form under way, which keeps its own; the next form goes by the new one', async () => {
  desk = await FormDesk.open();
  onTestFinished(() => desk.hall.stop());
  const keys = desk.clerk;
  await desk.lay('zhangsan', '张三');
  await desk.choose('A09');
  const { centreDir, slipsDir } = desk.hall.demo.folder;
  const file = path.join(slipsDir, '..', 'catalogue.json');
  writeFileSync(file, JSON.stringify(laterCatalogue('2026.4', '2026-01-01')));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await publishCatalogue({ data: centreDir, file });
  vi.restoreAllMocks();
  await desk.page.getByText('办事目录已更新为 2026.4，本件仍按 2026.3 办理').waitFor();
  await desk.look('newer-catalogue');
  await desk.page.getByRole('textbox', { name: '坐落' }).fill(PLACE);
  await keys.press('Enter');
  await keys.tickPapers();
  const number = await desk.finish();
  expect(await desk.acceptanceOf(number)).toMatchObject({ itemCode: 'A09', catalogueVersion: '2026.3' });
  expect(
    await desk.page.getByRole('article', { name: '办件' }).getByText('抵押权注销登记').first().textContent(),
  ).not.toContain('（新）');
  await keys.startNext();
  await desk.lay('lina', '李娜');
  await desk.choose('A09');
  await desk.page.getByText('抵押权注销登记（新）').first().waitFor();
  await desk.page.getByRole('region', { name: '时限' }).getByText('30 分钟').waitFor();
  expect(await desk.page.getByText('办事目录已更新').count()).toBe(0);
});
