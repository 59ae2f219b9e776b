import { expect, test } from 'vitest';
import {
  dayAfterWorkingDays,
  isPublished,
  readClocks,
  workingDaysEnded,
  workingMinutes,
} from '../../fixtures/clocks.ts';
import { callFromPage } from '../../fixtures/pageCall.ts';
import { shoot } from '../../fixtures/shots.ts';
import type { WholeHall } from '../../fixtures/wholeHall.ts';

const MINUTE = 60_000;
const FIVE_DAYS = 5 * 24 * 60 * MINUTE;

/** Papers are missing: both clocks stand until they are there; and when nothing is there, a refusal on paper. */
export function tellSupplement(hall: () => WholeHall): void {
  const page = () => hall().launched.page;
  let number: string;
  let acceptedAt: number;

  /** The clocks of the case as they will stand at a moment that has not come yet. */
  async function clocksAt(at: number) {
    await page().clock.setFixedTime(at);
    await page().keyboard.press('Escape');
    await hall().clerk.open(number);
    const clocks = await readClocks(page());
    await page().clock.setSystemTime(Date.now());
    return clocks;
  }

  /** Five days later the law's clock has used the working days among them, and the promise is broken, if there were any. */
  async function expectLater(): Promise<void> {
    const at = acceptedAt + FIVE_DAYS;
    const { statutory, text } = await clocksAt(at);
    if (!isPublished(at)) return;
    expect(statutory.used).toBe(workingDaysEnded(acceptedAt, at));
    expect(text.includes('已过时限')).toBe(workingMinutes(acceptedAt, at) > 60);
  }

  test('before: both clocks run', async () => {
    const { clerk } = hall();
    await hall().lay('lina', '李娜');
    await clerk.fillIn({ item: 'A05', location: '龙山区南康街7号' });
    number = await clerk.accept();
    await clerk.waitForPrint();
    await clerk.waitForState('并联办理');
    acceptedAt = Date.parse((await callFromPage(page(), 'case.get', { id: number })).record.acceptedAt);
    const soon = await clocksAt(acceptedAt + 40 * MINUTE);
    if (isPublished(acceptedAt)) expect(soon.promise.used).toBe(workingMinutes(acceptedAt, acceptedAt + 40 * MINUTE));
    await expectLater();
  });

  test('during: five days later neither has used more than it had', async () => {
    const review = await hall().desk('REV1');
    await review.take(number);
    await review.press('Control+Backspace');
    await review.dialog('要求补正').waitFor();
    await review.page.keyboard.type('抵押合同');
    // Ten working days are usual.
    const deadline = await review.dialog('要求补正').getByLabel('补正期限').inputValue();
    const usual = dayAfterWorkingDays(Date.now(), 10);
    if (isPublished(Date.parse(usual))) expect(deadline).toBe(usual);
    await review.press('Tab');
    await review.page.keyboard.type('缺签字页');
    await review.press('Enter');
    await review.finished('要求补正');
    await hall().clerk.waitForState('待补正');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    const pausedAt = Date.parse(record.pauses[0]?.from ?? '');
    const standing = await clocksAt(acceptedAt + FIVE_DAYS);
    expect(standing.text).toContain('已暂停计时');
    if (isPublished(acceptedAt)) expect(standing.promise.used).toBe(workingMinutes(acceptedAt, pausedAt));
    expect(standing.statutory.used).toBe(0);
    // Nor has a lane used up its budget meanwhile.
    expect(await page().locator('[data-lane="FEE"]').textContent()).toMatch(/待办[01]'$/);
    await shoot(page(), 'whole-paused');
  });

  test('after: the papers are taken in, and both run again without the time between', async () => {
    const { clerk } = hall();
    await clerk.press('Enter');
    await page().getByRole('dialog', { name: '补正收件' }).waitFor();
    await clerk.press('Space');
    await clerk.press('Enter');
    await clerk.waitForState('并联办理');
    const { record } = await callFromPage(page(), 'case.get', { id: number });
    const [pause] = record.pauses;
    const [from, to] = [Date.parse(pause?.from ?? ''), Date.parse(pause?.to ?? '')];
    const soon = await clocksAt(acceptedAt + 40 * MINUTE);
    const used = workingMinutes(acceptedAt, from) + workingMinutes(to, acceptedAt + 40 * MINUTE);
    if (isPublished(acceptedAt)) expect(soon.promise.used).toBe(used);
    await expectLater();
    await page().getByRole('list', { name: '岗位' }).getByText('初审').waitFor();
    await clerk.leave();
  });

  test('a refusal names all that is missing on a notice in two copies, and goes to the archive', async () => {
    const { clerk, demo } = hall();
    await hall().lay('wangfang', '王芳');
    await clerk.type('A09');
    await clerk.press('Enter');
    await page().getByRole('textbox', { name: '坐落' }).fill('西安区仙城街3号');
    await clerk.press('F12');
    await page().getByRole('dialog', { name: '不予受理' }).waitFor();
    const slips = demo.printer.slips().length;
    await clerk.press('Enter');
    await clerk.waitForState('不予受理');
    await clerk.waitForPrint();
    const copies = demo.printer.slips().slice(slips);
    expect(copies).toHaveLength(2);
    for (const { lines } of copies) {
      const paper = lines.join('\n');
      for (const text of ['不予受理告知书', '须补正全部材料 共5项', '王芳', '行政复议']) expect(paper).toContain(text);
      expect(paper).not.toMatch(/(?<!\d)\d{17}[\dX](?!\d)/);
    }
    const refused = await clerk.readNumber();
    await hall().work(refused, ['ARC']);
    await clerk.waitForState('已归档');
    await clerk.leave();
  });
}
