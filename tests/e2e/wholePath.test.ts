import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { openDatabase } from '../../db/open.ts';
import { renderPng } from '../../native/simulator/escpos/render.ts';
import { verifyFolder } from '../../tools/commands/verify.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { servicePid } from '../fixtures/processes.ts';
import { SHOTS } from '../fixtures/shots.ts';

describe.each([
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
])('a clerk at a window of $width × $height', ({ width, height }) => {
  let hall: Hall;
  const numbers: string[] = [];
  beforeAll(async () => {
    hall = await openHall({ width, height });
  });
  afterAll(() => hall.stop());

  const shoot = (name: string) => hall.launched.page.screenshot({ path: path.join(SHOTS, `${name}-${width}.png`) });

  async function acceptOne(card: string, person: string, item: string, location: string): Promise<string> {
    const { clerk } = hall;
    await hall.lay(card, person);
    await clerk.fillIn({ item, location });
    await shoot('ready');
    return clerk.accept();
  }

  test('signs in once the centre has sent the staff', async () => {
    await hall.launched.page.getByLabel('工号').waitFor();
    await shoot('login');
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    await shoot('empty');
  });

  test('lays a card, chooses the item, ticks the papers, accepts, and the receipt comes out', async () => {
    numbers.push(await acceptOne('zhangsan', '张三', 'A09', '龙山区东吉大街12号3单元402室'));
    const { clerk, demo } = hall;
    await clerk.waitForPrint();
    await clerk.waitForLine(0, 1);
    await shoot('accepted');
    expect(numbers[0]).toMatch(/^\d{8}070001$/);

    const slips = demo.printer.slips();
    expect(slips).toHaveLength(2);
    for (const slip of slips) {
      expect(slip.lines.join('\n')).toContain('张三');
      expect(slip.lines.join('\n')).toContain('220402********1231');
      expect(slip.lines.join('\n')).not.toContain('220402199003071231');
      expect(slip.lines.join('\n')).toMatch(/承诺办结时间 (\d{4}-\d\d-\d\d \d\d:\d\d 前|以工作日历公布为准)/);
      expect(slip.qr).toEqual(numbers);
      expect(slip.barcodes).toEqual(numbers);
    }
    const picture = path.join(SHOTS, `slip-${width}.tmp.png`);
    writeFileSync(picture, renderPng(slips[0]?.ops ?? []));
    const read = execFileSync('zbarimg', ['--quiet', picture], { encoding: 'utf8' });
    rmSync(picture);
    expect(read.trim().split('\n').sort()).toEqual([`CODE-128:${numbers[0]}`, `QR-Code:${numbers[0]}`]);
  });

  test('the preview on the screen carries the same codes', async () => {
    const preview = path.join(SHOTS, `preview-${width}.tmp.png`);
    await hall.launched.page
      .getByRole('region', { name: '受理凭证', exact: true })
      .screenshot({ path: preview, scale: 'device' });
    const read = execFileSync('zbarimg', ['--quiet', preview], { encoding: 'utf8' });
    rmSync(preview);
    expect(read).toContain(`CODE-128:${numbers[0]}`);
  });

  test('the case is in the encrypted file, and its name and number are nowhere in clear', async () => {
    const { terminalDir } = hall.demo.folder;
    const file = path.join(terminalDir, 'yichuang.db');
    const { hex } = JSON.parse(readFileSync(path.join(terminalDir, 'key.json'), 'utf8')) as { hex: string };
    const readRow = () => {
      const db = openDatabase({ file, keyHex: hex, readonly: true });
      const row = db
        .prepare('SELECT state, body FROM case_file JOIN op ON ord = op_ord WHERE number = ?')
        .get(numbers[0]);
      db.close();
      return row;
    };
    // The centre has dispatched it meanwhile, and told us.
    await expect
      .poll(readRow)
      .toMatchObject({ state: 'PARALLEL', body: expect.stringContaining('220402199003071231') });
    for (const part of [file, `${file}-wal`]) {
      const bytes = readFileSync(part);
      expect(bytes.includes('220402199003071231')).toBe(false);
      expect(bytes.includes('张三')).toBe(false);
    }
  });

  test('goes on without the centre, survives a killed service and a restart, and all cases arrive once', async () => {
    const { demo } = hall;
    await demo.setCentre(false);
    await hall.launched.page.getByText('与中心的连接中断').first().waitFor();
    await shoot('offline');

    await hall.clerk.startNext();
    numbers.push(await acceptOne('lina', '李娜', 'A09', '西安区仙城街3号'));
    await hall.clerk.waitForPrint();
    await hall.clerk.waitForLine(1, 1);
    await hall.clerk.startNext();
    numbers.push(await acceptOne('zhangsan', '张三', 'A11', '龙山区南康街7号'));
    await hall.clerk.waitForPrint();

    await hall.clerk.startNext();
    demo.reader.layCard('lina');
    await hall.clerk.waitForPerson('李娜');
    demo.reader.liftCard();
    await hall.clerk.fillIn({ item: 'A12', location: '龙山区北寿街9号' });
    await hall.clerk.press('Enter');
    await hall.launched.page.getByRole('dialog', { name: '受理并打印受理凭证' }).waitFor();
    const service = servicePid(hall.launched.app.process().pid ?? 0);
    await hall.clerk.press('Enter');
    process.kill(service, 'SIGKILL');

    const clerk = await hall.reopen();
    await clerk.signIn('1001', 'Yichuang-1001');
    const { page } = clerk;
    const isAccepted = await page.getByRole('list', { name: '办件列表' }).getByText('异议登记注销').isVisible();
    if (!isAccepted) {
      // Killed before the commit: the form is still there, and the same command is given again.
      await page.getByRole('article', { name: '李娜' }).waitFor();
      await clerk.accept();
      await clerk.waitForPrint();
    }
    await demo.setCentre(true);
    await clerk.waitForLine(0, 4);
    await shoot('all-at-centre');

    const found = await page.evaluate(async () => {
      const bridge = (
        globalThis as unknown as { yichuang: { call(m: string, p: unknown): Promise<{ value: unknown }> } }
      ).yichuang;
      return (await bridge.call('case.search', { text: '', limit: 50 })).value;
    });
    const rows = (found as { rows: { number: string; place: string }[] }).rows;
    expect(rows.map((row) => row.place)).toEqual(['centre', 'centre', 'centre', 'centre']);
    expect(new Set(rows.map((row) => row.number)).size).toBe(4);
    expect(rows.map((row) => row.number)).toEqual(expect.arrayContaining(numbers));
  });

  test('the centre has four cases, and the terminal’s file verifies', async () => {
    const { demo, launched } = hall;
    await launched.stop();
    expect(await verifyFolder(demo.folder.terminalDir)).toEqual([]);
    const centre = openSqliteStore(demo.folder.centreDir);
    const cases = centre.listCases();
    centre.close();
    expect(cases).toHaveLength(4);
    expect(cases.map((each) => each.number)).toEqual(expect.arrayContaining(numbers));
  });
});
