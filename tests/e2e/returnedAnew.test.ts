import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { enrolAnswer } from '../../contract/sync.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { hashOf, jpegWith } from '../fixtures/attachments.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { call, jsonRequest, TestTerminal } from '../fixtures/centre.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { callFromPage } from '../fixtures/pageCall.ts';
import { shoot } from '../fixtures/shots.ts';

/** A window accepts while the centre is away, and meanwhile a copy of it gives the same number to somebody else. */

let hall: Hall;
let caseId: string;
let number: string;
const image = jpegWith('the application, signed');

const page = () => hall.launched.page;
const ask = <M extends Parameters<typeof callFromPage>[1]>(method: M, input: Parameters<typeof callFromPage<M>>[2]) =>
  callFromPage(page(), method, input);

beforeAll(async () => {
  hall = await openHall({ width: 1366, height: 768 });
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(async () => {
  await hall?.stop();
});

/** Another machine that believes to be this window. */
async function acceptElsewhere(taken: string): Promise<void> {
  const maker = new OpMaker({ name: 'copy', terminal: '07' });
  const code = await createEnrolmentCodeOffline(hall.demo.folder.centreDir, { terminal: 'W07' });
  const body = { code, device: maker.device, terminal: 'W07' };
  const { token } = enrolAnswer.parse((await call(hall.demo.centreUrl, '/sync/v1/enrol', jsonRequest(body))).body);
  maker.acceptCase({ number: taken, window: 'W07' });
  expect((await new TestTerminal(maker, hall.demo.centreUrl, token).push()).results).toMatchObject([
    { outcome: 'applied' },
  ]);
}

test('an acceptance whose number somebody else has comes back, and says so', async () => {
  await hall.demo.setCentre(false);
  await page()
    .getByText(/起与中心的连接中断/)
    .waitFor();
  const accepted = await ask('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  [caseId, number] = [accepted.id, accepted.acceptance.number];
  const scanId = v7();
  const announced = { scanId, caseId, material: 'M04', source: 'file', name: 'a.jpg', bytes: image.length } as const;
  await ask('case.attach', announced);
  await ask('case.attachChunk', { scanId, offset: 0, data: image.toString('base64') });
  await ask('case.attachFinish', { scanId, sha256: hashOf(image) });
  await hall.cutPower();
  await hall.demo.setCentre(true);
  await acceptElsewhere(number);
  await (await hall.reopen()).signIn('1001', 'Yichuang-1001');
  await page().getByText('1 条记录被中心退回').waitFor();
  await page().keyboard.press('Alt+r');
  const dialog = page().getByRole('dialog', { name: '退回记录' });
  await dialog.getByRole('button', { name: '按新编号重新受理' }).waitFor();
  expect(await findBarriers(page())).toEqual([]);
  await shoot(page(), 'returned-number-1366');
});

test('by keys alone it is accepted anew under the next number, with its page, and the centre has both', async () => {
  const dialog = page().getByRole('dialog', { name: '退回记录' });
  const again = dialog.getByRole('button', { name: '按新编号重新受理' });
  await expect.poll(() => again.evaluate((button) => button.matches(':focus'))).toBe(true);
  await page().keyboard.press('Enter');
  const question = page().getByRole('dialog', { name: '按新编号重新受理' });
  await question.getByLabel('核对情况').waitFor();
  await question.getByText(/附件一并带入/).waitFor();
  await shoot(page(), 'returned-number-decide-1366');
  await page().keyboard.press('ArrowDown');
  await page().keyboard.press('Enter');
  const told = dialog.getByRole('status');
  await told.getByText(/请打印新回执交申请人/).waitFor();
  expect(await told.innerText()).not.toContain('重新扫描');
  await dialog.getByText('没有待处理的退回记录').waitFor();
  expect(await findBarriers(page())).toEqual([]);
  await shoot(page(), 'returned-number-accepted-1366');

  const anew = `${number.slice(0, -1)}${Number(number.at(-1)) + 1}`;
  expect((await told.innerText()).replaceAll(' ', '')).toContain(anew);
  const { record } = await ask('case.get', { id: anew });
  const { pages } = await ask('scans.list', { caseId: record.id });
  expect(pages.map(({ material, blob }) => [material, blob.sha256])).toEqual([['M04', hashOf(image)]]);
  await expect.poll(async () => (await ask('case.get', { id: anew })).record.state).toBe('PARALLEL');
  const line = async () => {
    const { waitingOps, images, rejected } = await ask('sync.status', {});
    return { waitingOps, images, rejected };
  };
  await expect.poll(line).toEqual({ waitingOps: 0, images: 0, rejected: 0 });
});
