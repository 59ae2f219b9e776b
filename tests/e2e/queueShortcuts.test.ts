import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp, STUBS } from '../fixtures/app.ts';
import { FormDesk } from '../fixtures/formDesk.ts';
import { pressOnKeyboard } from '../fixtures/globalKeys.ts';
import { type HallKiosk, openKiosk } from '../fixtures/hallKiosk.ts';

/** Calling while another program has the screen: real keys on a real X server (users.md §B.1). */

const CALL_NEXT = 'ctrl+shift+F1';

describe('keys over another program', () => {
  let desk: FormDesk;
  let kiosk: HallKiosk;
  let other: LaunchedApp;
  let page: Page;
  const inHand = (number: string): Promise<void> =>
    page.getByTestId('number-in-hand').getByText(number, { exact: true }).waitFor();
  const hasKeys = (keys: string): Promise<boolean> =>
    desk.hall.launched.app.evaluate(({ globalShortcut }, name) => globalShortcut.isRegistered(name), keys);
  const minimise = () =>
    desk.hall.launched.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    });
  const signIn = (): Promise<void> => desk.clerk.signIn('1001', 'Yichuang-1001');

  beforeAll(async () => {
    desk = await FormDesk.open(async (hall) => {
      kiosk = await openKiosk(hall.demo);
      // Another program holds one of the keys before the clerk comes.
      other = await launchApp({ display: hall.display, env: STUBS });
      await other.app.evaluate(({ globalShortcut }) => globalShortcut.register('Ctrl+Shift+F3', () => {}));
    });
    page = desk.page;
    await page.getByRole('status').getByText('空闲').waitFor();
  });
  afterAll(async () => {
    await other.stop();
    await desk.hall.stop();
  });

  test('call the next number while the window is not to be seen', async () => {
    const ticket = await kiosk.take();
    await page.getByTestId('waiting').getByText(ticket.number).waitFor();
    await minimise();
    pressOnKeyboard(desk.hall.display, CALL_NEXT);
    await inHand(ticket.number);
  });

  test('a dialog that asks brings the window forward', async () => {
    pressOnKeyboard(desk.hall.display, 'ctrl+shift+F7');
    await page.getByRole('dialog', { name: /挂起/ }).waitFor();
    await desk.hall.launched.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return new Promise<void>((resolve) => {
        if (window?.isVisible()) resolve();
        else window?.once('show', () => resolve());
      });
    });
    await page.keyboard.press('Escape');
  });

  test('one that another program holds is named, the others work', async () => {
    await page.getByRole('region', { name: '叫号' }).getByRole('button', { name: '更多' }).click();
    await page.getByText('全局键被其他程序占用：Ctrl+Shift+F3').waitFor();
    await page.keyboard.press('Escape');
    expect(await hasKeys('Ctrl+Shift+F1')).toBe(true);
  });

  test('belong to nobody once the clerk has signed out, and come back with the next', async () => {
    await page.getByRole('button', { name: '王敏，账号' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('工号').waitFor();
    await expect.poll(() => hasKeys('Ctrl+Shift+F1')).toBe(false);
    await signIn();
    await expect.poll(() => hasKeys('Ctrl+Shift+F1')).toBe(true);
  });
});
