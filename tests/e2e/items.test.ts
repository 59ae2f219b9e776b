import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hall, openHall } from '../fixtures/hall.ts';

/** The smallest screen of a window (faces.md). */
let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  await hall.launched.page.getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(() => hall.stop());

const page = () => hall.launched.page;

/** How far the window and its middle could be scrolled, each way, in pixels. */
const overflow = () =>
  page().evaluate<number[]>(
    `[document.documentElement, document.querySelector('main')].flatMap((element) =>
      [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight])`,
  );

test('61 items stand under their promised times; the list scrolls and the page does not', async () => {
  const list = page().getByRole('listbox', { name: '事项列表' });
  await list.waitFor();
  expect(await list.getByRole('option').count()).toBe(61);
  const groups = await list.getByRole('group').all();
  const sizes = await Promise.all(groups.map((group) => group.getByRole('option').count()));
  expect(sizes).toEqual([15, 12, 33, 1]);
  for (const name of [/^60 分钟/, /^1 个工作日/, /^5 个工作日/, /^7 或 15 个工作日/]) {
    expect(await list.getByRole('group', { name }).count()).toBe(1);
  }
  expect(await overflow()).toEqual([0, 0, 0, 0]);
  for (let i = 0; i < 61; i += 1) await hall.clerk.press('ArrowDown');
  const last = list.getByRole('option', { selected: true });
  expect(await last.textContent()).toContain('D01');
  const [inside, outside] = [await last.boundingBox(), await list.boundingBox()];
  if (!inside || !outside) throw new Error('not drawn');
  expect(inside.y + inside.height).toBeLessThanOrEqual(outside.y + outside.height);
  expect(await overflow()).toEqual([0, 0, 0, 0]);
  await hall.clerk.press('Escape');
});

test('a tax-related item on floor 2 says where it is handled and can be chosen all the same', async () => {
  await hall.clerk.type('esf');
  await hall.clerk.press('Enter');
  await page().getByText('此事项在 3 楼涉税综合服务区办理').waitFor();
  await page().getByRole('button', { name: '改选' }).click();
});

test('D01 asks the kind of project, and the receipt promises its working days and names the old certificate', async () => {
  const { clerk, demo } = hall;
  await clerk.type('gyjsydsyqjfw');
  await clerk.press('Enter');
  const kind = page().getByRole('radio', { name: '工业项目' });
  await kind.waitFor();
  await page().waitForFunction(`document.activeElement.dataset.field === 'projectKind'`);
  await clerk.press('Space');
  expect(await kind.isChecked()).toBe(true);
  await clerk.press('ArrowRight');
  await page().getByRole('region', { name: '时限' }).getByText('15 个工作日').waitFor();
  await page().getByRole('checkbox', { name: '已有土地权属证书' }).check();
  await page().getByRole('textbox', { name: '原证号' }).fill('吉（2018）辽源市不动产权第0000001号');
  await page().getByText('校验通过').waitFor();
  await hall.lay('zhangsan', '张三');
  await page().getByRole('textbox', { name: '坐落' }).fill('龙山区东吉大街12号');
  await clerk.press('Enter');
  await clerk.tickPapers();
  await clerk.accept();
  await clerk.waitForPrint();
  const slip = demo.printer.slips().at(-1)?.lines.join('\n') ?? '';
  expect(slip).toContain('15个工作日');
  expect(slip).toContain('吉(2018)辽源市不动产权第0000001号');
});
