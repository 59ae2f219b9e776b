import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** Every face in the real program: what it says, and that nobody is shut out of it (axe, light and dark). */

const ROLES = [
  { role: 'prereview', heading: '自助预审取号', honest: '缺什么一次说清', hasDark: false },
  { role: 'screen', heading: '叫号屏', honest: '本层窗口已下班', hasDark: false },
  { role: 'supervisor', heading: '值班主任请先登录', honest: '工号', hasDark: true },
  { role: 'backoffice', heading: '税务没有待办', honest: '窗口受理后', hasDark: true },
] as const;

describe.each([
  { name: '1366', width: 1366, height: 768, args: [] },
  // As on a 4K monitor: the system draws everything at twice the size.
  { name: '4k', width: 3840, height: 2160, args: ['--force-device-scale-factor=2'] },
])('on a display of $width × $height', ({ name, width, height, args }) => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await openHall({ width, height, args, resize: args.length === 0 });
    await hall.launched.page.getByLabel('工号').waitFor();
  });
  afterAll(() => hall.stop());

  /** Takes the picture, and looks for barriers: in light and in dark, the second once, as it depends on no size. */
  async function inspect(face: string, hasDark = true): Promise<void> {
    const { page } = hall.launched;
    for (const scheme of hasDark && args.length === 0 ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.locator(`html[style*="color-scheme: ${scheme}"]`).waitFor({ state: 'attached' });
      await shoot(page, `face-${face}-${name}${scheme === 'dark' ? '-dark' : ''}`);
      expect(await findBarriers(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }

  test('the window from sign-in to the accepted case', async () => {
    const { clerk, launched } = hall;
    const { page } = launched;
    await inspect('login');
    await clerk.signIn('1001', 'Yichuang-1001');
    await page.getByText('请放身份证').waitFor();
    await inspect('empty');
    await hall.lay('zhangsan', '张三');
    await clerk.fillIn({ item: 'A05', location: '龙山区东吉大街12号3单元402室' });
    await inspect('form');
    await clerk.press('Enter');
    await page.getByRole('dialog', { name: '受理并打印受理凭证' }).waitFor();
    await inspect('confirm');
    await clerk.press('Enter');
    await clerk.waitForPrint();
    await clerk.waitForLine(0, 1);
    await inspect('case');
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: '张三' }).waitFor();
    await inspect('find');
  });

  test.each(ROLES)('$role opens with its own honest page', async ({ role, heading, honest, hasDark }) => {
    await hall.reopen([...args, `--role=${role}`]);
    const { page } = hall.launched;
    if (role === 'backoffice') {
      await page.getByLabel('工号').fill('2001');
      await page.getByLabel('密码').fill('Yichuang-2001');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'attached' });
    await page.getByText(honest).first().waitFor();
    await inspect(role, hasDark);
  });
});
