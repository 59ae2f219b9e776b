import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BackOffice, DRAWER, openBackOffice } from '../fixtures/backOffice.ts';
import { FormDesk } from '../fixtures/formDesk.ts';
import { type HallKiosk, openKiosk } from '../fixtures/hallKiosk.ts';

/** The queue at a real window against a real centre: keyboard only, every face looked at (users.md §B.1). */

describe('a clerk who calls numbers', () => {
  let desk: FormDesk;
  let kiosk: HallKiosk;
  let office: BackOffice;
  let page: Page;

  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const strip = (): Locator => page.getByRole('region', { name: '叫号' });
  const inHand = (number: string): Promise<void> =>
    page.getByTestId('number-in-hand').getByText(number, { exact: true }).waitFor();
  const nobodyInHand = (): Promise<void> => page.getByTestId('number-in-hand').waitFor({ state: 'detached' });
  const next = (number: string): Promise<void> => page.getByTestId('waiting').getByText(number).waitFor();
  const says = (text: string | RegExp): Promise<void> => strip().getByText(text).waitFor();
  const dialog = (name: string): Locator => page.getByRole('dialog', { name });
  const verb = (name: string): Locator => strip().getByRole('button', { name });
  const state = () => desk.call('queue.state', {});

  beforeAll(async () => {
    desk = await FormDesk.open(async (hall) => {
      kiosk = await openKiosk(hall.demo);
    });
    page = desk.page;
    await page.getByRole('status').getByText('空闲').waitFor();
    office = await openBackOffice(desk.hall.demo);
  });
  afterAll(async () => {
    await office.stop();
    await desk.hall.stop();
  });

  test('sees that nobody waits', async () => {
    await press('F1');
    await says('现在无人等候');
    await desk.look('queue-empty');
  });

  test('calls whose turn it is; the number stands in the bar, and why it was called is one key away', async () => {
    await kiosk.take();
    await kiosk.take({ class: 'priority' });
    await next('V001');
    await press('F1');
    await inHand('V001');
    await press('Alt+w');
    await dialog('为何叫 V001').getByText('优先号先叫').waitFor();
    await dialog('为何叫 V001').getByRole('cell', { name: 'B001' }).waitFor();
    await desk.look('queue-why');
    await press('Enter');
    await dialog('为何叫 V001').waitFor({ state: 'detached' });
  });

  test('is told what cannot be done yet, with the seconds', async () => {
    await press('F2');
    await says(/再次呼叫还需 \d+ 秒/);
    await press('F3');
    await says('还没有到窗口');
    await press('F1');
    await says('V001 还没有办结');
    expect(await verb('F1 叫号').getAttribute('aria-disabled')).toBe('true');
    await desk.look('queue-called');
  });

  test('recalls when the seconds are over', async () => {
    await strip().locator('button[aria-disabled="false"]', { hasText: '重呼' }).waitFor({ timeout: 45_000 });
    await press('F2');
    await page.getByRole('status', { name: '当前号 V001' }).getByText('第 2 次呼叫').waitFor();
  });

  test('has somebody at the window by Enter, holds the number with a reason, and calls it back with its form', async () => {
    await page.locator('[data-field="queue.arrive"]').focus();
    await press('Enter');
    await page.getByRole('status', { name: '当前号 V001' }).getByText('办理中').waitFor();
    await desk.choose('A09');
    await press('F7');
    await dialog('挂起 V001').waitFor();
    await press('ArrowDown');
    await desk.look('queue-hold');
    await press('Enter');
    await nobodyInHand();
    await page.getByRole('button', { name: '改选' }).waitFor({ state: 'detached' });
    await press('F8');
    await dialog('回呼')
      .getByRole('option', { name: /V001.*挂起/ })
      .waitFor();
    await desk.look('queue-back');
    await press('Enter');
    await inHand('V001');
    await page.getByRole('button', { name: '改选' }).waitFor();
  });

  test('transfers it to another window of the same queue, keyboard only', async () => {
    await press('F6');
    await dialog('转移 V001').waitFor();
    await press('Space', 'Tab');
    await page.keyboard.type('8 号');
    await press('Tab', 'ArrowDown');
    await desk.look('queue-transfer');
    await press('Enter');
    await nobodyInHand();
    await says('V001 已转移');
    expect((await state()).counts.reduce((sum, each) => sum + each.waiting, 0)).toBe(1);
  });

  test('pauses with a reason, is not given a number meanwhile, and opens again', async () => {
    await press('F5');
    await dialog('暂停本窗口').waitFor();
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await page.getByRole('status').getByText('暂停：用餐').waitFor();
    await press('F1');
    await says('窗口暂停中');
    await desk.look('queue-paused');
    await press('F5');
    await page.getByRole('status').getByText('空闲').waitFor();
  });

  test('ends one that came for nothing, the safe button being the default', async () => {
    await press('F1');
    await inHand('B001');
    await strip().getByRole('button', { name: '更多' }).focus();
    await press('Enter', 'Tab', 'Tab', 'Enter');
    await dialog('作废 B001').waitFor();
    await press('Enter');
    await dialog('作废 B001').waitFor({ state: 'detached' });
    await inHand('B001');
    await strip().getByRole('button', { name: '更多' }).focus();
    await press('Enter', 'Tab', 'Tab', 'Enter');
    await dialog('作废 B001').getByText('本人不办了').click();
    await dialog('作废 B001').getByRole('button', { name: '作废此号' }).click();
    await nobodyInHand();
    await says('B001 已作废');
  });

  test('finishes one whose form is begun with a draft, by two keys, and has it back for who returns with another number', async () => {
    const [first, second] = [await kiosk.take(), await kiosk.take()];
    await next(first.number);
    await press('F1');
    await inHand(first.number);
    await desk.lay('lina', '李娜');
    await desk.choose('A09');
    await press('F3');
    await dialog(`${first.number} 还没有受理`).getByText('李娜').waitFor();
    await desk.look('queue-finish');
    await press('Enter');
    await nobodyInHand();
    await page.getByRole('button', { name: '改选' }).waitFor({ state: 'detached' });
    await press('F1');
    await inHand(second.number);
    await page.locator('[data-field="queue.arrive"]:focus').waitFor();
    await press('Enter');
    await page
      .getByRole('status', { name: `当前号 ${second.number}` })
      .getByText('办理中')
      .waitFor();
    const draft = page.getByRole('button', { name: `李娜 ${first.number} 草稿` });
    await desk.look('queue-draft');
    await draft.click();
    await page.getByRole('article', { name: '李娜' }).waitFor();
    await draft.waitFor({ state: 'detached' });
    await press('F3');
    await dialog(`${second.number} 还没有受理`).getByRole('button', { name: '清空，办结' }).click();
    await nobodyInHand();
    await page.getByRole('article', { name: '李娜' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('list', { name: '草稿' }).getByText('李娜').count()).toBe(0);
  });

  test('accepts a pre-reviewed case in at most 11 keys, without the mouse and without typing anything', async () => {
    const location = '龙山区东吉大街 12 号 3 单元 402 室';
    const ticket = await kiosk.preReview({
      itemCode: 'A09',
      name: '张三',
      idNumber: '220402199003071231',
      location,
      materials: ['M01', 'M02', 'M28', 'M05', 'M13', 'M04'],
    });
    await page.evaluate(COUNT_INPUT);
    await next(ticket.number);
    const { clerk } = desk;

    await clerk.press('F1');
    await inHand(ticket.number);
    desk.hall.demo.reader.layCard('zhangsan');
    await page.getByRole('region', { name: '预审' }).getByText('已通过').waitFor();
    await clerk.waitForPerson('张三');
    desk.hall.demo.reader.liftCard();
    await page
      .getByRole('status', { name: `当前号 ${ticket.number}` })
      .getByText('办理中')
      .waitFor();
    await clerk.waitForFocus('materials.M01');
    await desk.look('queue-pre-review');
    await clerk.tickPapers();
    const number = await clerk.accept();
    await clerk.waitForPrint();
    await clerk.press('F3');
    await says(new RegExp(`${ticket.number} 请评价 \\d+ 秒`));
    await nobodyInHand();
    await desk.look('queue-rating');

    const input = await page.evaluate<{ keys: string[]; pointer: number; typed: number }>('globalThis.inputCounts');
    expect(input.keys).toHaveLength(clerk.keys);
    expect(clerk.keys).toBeLessThanOrEqual(11);
    expect(input).toMatchObject({ pointer: 0, typed: 0 });
    expect(clerk.typed).toBe(0);
    const accepted = await desk.acceptanceOf(number);
    expect(accepted).toMatchObject({
      itemCode: 'A09',
      ticket: { id: ticket.id, number: ticket.number },
      preReview: ticket.preReview,
      property: { location },
    });
    expect(accepted.parties.map(({ name, origin }) => [name, origin])).toEqual([['张三', 'card']]);
  });

  test('enters the paper roll by the keyboard, and is told what contradicts', async () => {
    await strip().getByRole('button', { name: '更多' }).focus();
    await press('Enter', 'Tab', 'Tab', 'Tab', 'Enter');
    await dialog('补录纸号').waitFor();
    // Midnight is over at every hour at which tests run.
    const rows = ['b901', '0000', '0000', '0000', 'b902', '0000', '0000', '0000'];
    for (const cell of rows) {
      await page.keyboard.type(cell);
      await press('Enter');
    }
    await desk.look('queue-catch-up');
    await press('Control+Enter');
    await dialog('补录纸号').getByText('已录入 2 个').waitFor();
    await page.keyboard.type('b901');
    await press('Enter');
    await page.keyboard.type('0000');
    await press('Control+Enter');
    await dialog('补录纸号')
      .getByText(/已标记待值班主任核对：B901/)
      .waitFor();
    await press('Escape');
  });

  test('calls the same number a second time when its certificate is ready; the case is open, the card hands it over', async () => {
    const ticket = await kiosk.take({ itemCode: 'A05' });
    await next(ticket.number);
    await press('F1');
    await inHand(ticket.number);
    await desk.hall.lay('zhangsan', '张三');
    await page
      .getByRole('status', { name: `当前号 ${ticket.number}` })
      .getByText('办理中')
      .waitFor();
    await desk.clerk.fillIn({ item: 'A05', location: '龙山区东吉大街 12 号 3 单元 402 室' });
    const number = await desk.clerk.accept();
    await desk.clerk.waitForPrint();
    expect((await desk.acceptanceOf(number)).ticket).toEqual({ id: ticket.id, number: ticket.number });
    await press('F3');
    await nobodyInHand();

    await office.makeReady(number, DRAWER[0]);
    await page.getByRole('button', { name: `叫取证 ${ticket.number}` }).waitFor();
    await page.getByTestId('waiting').getByText(`${ticket.number} 取证`).waitFor();
    await desk.look('queue-pickup-waits');
    await press('F1');
    await inHand(ticket.number);
    await page
      .getByRole('status', { name: `当前号 ${ticket.number}` })
      .getByText('取证', { exact: true })
      .waitFor();
    await desk.clerk.waitForState('领证叫号');
    await desk.look('queue-pickup-called');
    desk.hall.demo.reader.layCard('zhangsan');
    await dialog('发证')
      .getByText(/^与申请人一致$/)
      .waitFor();
    desk.hall.demo.reader.liftCard();
    await press('Space', 'Tab', 'Space', 'Enter');
    await desk.clerk.waitForState('已发证');
    await desk.clerk.waitForPrint();
    await press('F3');
    await nobodyInHand();
    await page.getByRole('button', { name: `叫取证 ${ticket.number}` }).waitFor({ state: 'detached' });
  });

  test('without the hub calls only the numbers assigned here, and says since when and what still works', async () => {
    const tickets = [await kiosk.take(), await kiosk.take()];
    await next(tickets[0]?.number ?? '');
    await desk.hall.demo.setCentre(false);
    await page.getByText(/自 \d\d:\d\d 起大厅主机中断，应急叫号/).waitFor({ timeout: 60_000 });
    await page.getByText(/只叫分配给本窗口的号（\d+ 人）/).waitFor();
    const { counts } = await state();
    const own = counts.reduce((sum, each) => sum + each.waiting, 0);
    await desk.look('queue-emergency');
    await press('F1');
    if (own > 0) {
      await page.getByTestId('number-in-hand').waitFor();
      const called = (await state()).current;
      expect(called?.fallback).toBe('W07');
      await press('Alt+w');
      await dialog(`为何叫 ${called?.number}`).getByText('大厅主机中断，只叫分配给本窗口的号').waitFor();
      await press('Enter');
    } else {
      await says('没有分配给本窗口的号');
    }
    await desk.hall.demo.setCentre(true);
    await page.getByText('应急叫号').waitFor({ state: 'detached', timeout: 60_000 });
  });
});

/** What reached the page since: keys by name, presses of a pointer, and characters that went into a field. */
const COUNT_INPUT = `
  globalThis.inputCounts = { keys: [], pointer: 0, typed: 0 };
  addEventListener('keydown', (event) => inputCounts.keys.push(event.key), true);
  addEventListener('pointerdown', () => { inputCounts.pointer += 1; }, true);
  addEventListener('input', (event) => { if (event.inputType) inputCounts.typed += 1; }, true);
`;
