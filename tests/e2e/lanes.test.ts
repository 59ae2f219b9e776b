import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MethodInput } from '../../contract/rpc.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { OfficeDesk } from '../fixtures/officeDesk.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { shoot } from '../fixtures/shots.ts';

/** A mortgage through the back office, each lane by its own person and by keyboard only, with a real centre. */

const PLACES = ['龙山区东吉大街12号3单元402室', '西安区仙城街3号', '龙山区南康街7号'];

describe.each([
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
])('the lanes of a mortgage at $width × $height', ({ width, height }) => {
  let hall: Hall;
  const numbers: string[] = [];
  beforeAll(async () => {
    hall = await openHall({ width, height });
  });
  afterAll(() => hall.stop());

  const page = (): Page => hall.launched.page;
  const picture = (name: string) => shoot(page(), `lane-${name}-${width}`);
  const desk = () => new OfficeDesk(page());
  const press = (...keys: string[]) => desk().press(...keys);
  const rows = () => desk().rows();
  const region = () => desk().region();
  const finished = (text: string) => desk().finished(text);
  const signIn = (number: string) => desk().signIn(number);
  const takeFirst = () => desk().takeFirst();

  test('the window accepts three mortgages', async () => {
    await page().getByLabel('工号').waitFor();
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    for (const [index, location] of PLACES.entries()) {
      if (index === 1) await hall.lay('lina', '李娜');
      else await hall.lay('zhangsan', '张三');
      await hall.clerk.fillIn({ item: 'A05', location });
      numbers.push(await hall.clerk.accept());
      await hall.clerk.waitForPrint();
      await hall.clerk.waitForLine(0, index + 1);
      await hall.clerk.startNext();
    }
  });

  test('an empty list says what will come, and a person without a task can wait there', async () => {
    await hall.reopen(['--role=backoffice']);
    await signIn('2009');
    await page().getByText('质检没有待办').waitFor();
    await picture('empty');
    expect(await findBarriers(page())).toEqual([]);
  });

  test('the first review answers four questions with the arrow keys and hands over', async () => {
    await signIn('2004');
    await expect.poll(() => rows().count()).toBe(3);
    await picture('list');
    await takeFirst();
    for (let check = 0; check < 4; check += 1) await press('Space', 'Tab');
    await picture('REV1');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await finished('初审办结');
    await expect.poll(() => rows().count()).toBe(2);
  });

  test('without the centre the list stays, claiming says why it cannot be done, and goes as soon as it is back', async () => {
    await hall.demo.setCentre(false);
    await page().getByText('与中心的连接中断').first().waitFor();
    await press('Enter');
    await region().waitFor();
    await press('Enter');
    await page().getByText('这一步须联网').waitFor();
    await picture('offline');
    expect(await findBarriers(page())).toEqual([]);
    await hall.demo.setCentre(true);
    await press('Enter');
    const release = page().getByRole('button', { name: '放回' });
    await release.waitFor();
    await release.click();
    await finished('放回');
    await expect.poll(() => rows().count()).toBe(2);
  });

  test('papers are asked for at once, and the case leaves the lane', async () => {
    await takeFirst();
    await press('Control+Backspace');
    await page().getByRole('dialog', { name: '要求补正' }).waitFor();
    await page().keyboard.type('抵押合同');
    await press('Tab');
    await page().keyboard.type('缺签名页');
    await picture('papers');
    expect(await findBarriers(page())).toEqual([]);
    await press('Enter');
    await finished('要求补正');
    await expect.poll(() => rows().count()).toBe(1);
  });

  test('the fee is assessed by the table and taken off for a small enterprise', async () => {
    await signIn('2003');
    await takeFirst();
    await page().getByText('住宅', { exact: true }).click();
    await page().getByText('80.00 元').first().waitFor();
    await picture('FEE');
    await page().getByLabel('减免', { exact: true }).selectOption('小微企业（含个体工商户）免收');
    await page().getByText('0.00 元', { exact: true }).waitFor();
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await finished('核费办结');
  });

  test('a department returns with a reason, and the case comes back to the first review', async () => {
    await takeFirst();
    await press('Control+Backspace');
    await page().getByRole('dialog', { name: '退回' }).waitFor();
    await press('ArrowDown');
    await picture('return');
    await press('Enter');
    await finished('退回');
    await expect.poll(() => rows().count()).toBe(0);
    await signIn('2004');
    await expect.poll(() => rows().count()).toBe(1);
  });

  test('a claimed task says so in the list', async () => {
    await takeFirst();
    await press('Escape');
    await rows().first().getByText('已由您领取').waitFor();
  });

  test('second review, approval and entry, each by another person', async () => {
    await signIn('2005');
    await takeFirst();
    await page().getByText('初审 核查无误，拟同意').waitFor();
    await picture('REV2');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await finished('审核通过');

    await signIn('2006');
    await takeFirst();
    await picture('APP');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Backspace');
    await page().getByRole('dialog', { name: '不予登记' }).waitFor();
    await picture('reject');
    await press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
    await press('Control+Enter');
    await finished('核定');

    await signIn('2007');
    await takeFirst();
    await picture('BOOK');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    const dialog = page().getByRole('dialog', { name: '登簿' });
    await dialog.getByText('不动产登记证明 1 份').waitFor();
    await dialog
      .getByText((numbers[0] ?? '').slice(-4))
      .first()
      .waitFor();
    await picture('book-dialog');
    await press('Tab', 'Enter');
    await finished('登簿');
  });

  test('the print room binds a blank, spoils it with a second person, and prints on another', async () => {
    await signIn('2008');
    await takeFirst();
    await page().keyboard.type('Z22000000001');
    await picture('PRT');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await page().getByText('正在打印，请看纸').waitFor();
    await press('Control+Backspace');
    const dialog = page().getByRole('dialog', { name: '卡纸或打坏' });
    await dialog.getByLabel('第二人').selectOption('9001');
    await picture('spoil');
    await dialog.getByRole('button', { name: '作废并重打' }).press('Enter');
    await page().getByText('已作废 Z22000000001').waitFor();
    await press('Enter');
    await page().getByRole('button', { name: '领取', exact: true }).waitFor({ state: 'detached' });
    await page()
      .getByLabel(/的印制号/)
      .fill('Z22000000002');
    await press('Control+Enter');
    await page().getByText('正在打印，请看纸').waitFor();
    await press('Control+Enter');
    await finished('打印完好');
  });

  test('the check reads the serial off the paper, ticks every field, and a wrong serial stops it', async () => {
    await signIn('2009');
    await takeFirst();
    await page().keyboard.type('Z22000000001');
    await page().getByText('与登记的印制号不同，请按退回').first().waitFor();
    await page().getByLabel('扫证书上的印制号').fill('Z22000000002');
    const ticks = page().getByRole('checkbox');
    await press('Tab');
    for (let left = await ticks.count(); left > 0; left -= 1) await press('Space', 'Tab');
    await picture('QC');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await finished('质检合格');
  });

  test('what is issued goes to the archive with the list it was handed over with', async () => {
    await hall.reopen(['--role=window']);
    await hall.clerk.signIn('1001', 'Yichuang-1001');
    const found = await callFromPage(page(), 'case.get', { id: numbers[0] ?? '' });
    const step = async (advance: MethodInput<'case.act'>['advance'], version: number) =>
      (
        await callFromPage(page(), 'case.act', {
          commandId: crypto.randomUUID(),
          caseId: found.record.id,
          baseVersion: version,
          advance,
        })
      ).record.version;
    const called = await step({ transition: 'T33', data: { window: 'W07' } }, found.record.version);
    const receiver = { name: '张三', idKind: 'resident' as const, idNumber: '220402199003071231' };
    await step({ transition: 'T34', data: { receiver, slipReturned: true } }, called);
    await hall.reopen(['--role=backoffice']);
    await signIn('2010');
    await rows().first().waitFor();
    await takeFirst();
    await picture('ARC');
    expect(await findBarriers(page())).toEqual([]);
    await press('Control+Enter');
    await finished('归档');
    const archived = await callFromPage(page(), 'case.get', { id: numbers[0] ?? '' });
    expect(archived.record).toMatchObject({
      state: 'ARCHIVED',
      archive: { list: expect.stringMatching(/^\d{8}-01$/) },
    });
    expect(archived.record.history.map(({ step: name }) => name).filter((name) => name.startsWith('T'))).toEqual(
      'T11 T14 T23 T24 T27 T28 T30 T28 T29 T31 T33 T34 T39'.split(' '),
    );
  });
});
