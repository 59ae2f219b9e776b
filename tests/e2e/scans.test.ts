import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MethodOutput } from '../../contract/rpc.ts';
import { openDatabase } from '../../db/open.ts';
import { verifyFolder } from '../../tools/commands/verify.ts';
import { hashOf, jpegWith, pdfOf } from '../fixtures/attachments.ts';
import { call } from '../fixtures/attempts.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { CAMERA_SIZE, fakeCamera } from '../fixtures/fakeCamera.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { shoot } from '../fixtures/shots.ts';

/** Papers under a document camera and out of files, from the form to the archived case, in the real program. */

const SIZE = { width: 1366, height: 768 };
let folder: string;
let hall: Hall;
let page: Page;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-camera-'));
  hall = await openHall({ ...SIZE, args: fakeCamera(folder) });
  page = hall.launched.page;
  await page.getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
});
afterAll(async () => {
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = (): Locator => page.getByRole('dialog', { name: '扫描材料' });
const strip = (): Locator => dialog().getByRole('region', { name: '已扫描的页' });
const thumbnail = (number: number, state: string): Locator =>
  strip().getByRole('button', { name: new RegExp(`第 ${number} 页.*${state}`) });

type ListedPage = MethodOutput<'scans.list'>['pages'][number];

async function rpc<T>(method: string, params: unknown): Promise<T> {
  const answer = await call(page, method, params);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value as T;
}

const list = async (caseId: string) => (await rpc<{ pages: ListedPage[] }>('scans.list', { caseId })).pages;

async function fetchPage(scanId: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const { data, total } = await rpc<MethodOutput<'scans.page'>>('scans.page', { scanId, offset });
    const piece = Buffer.from(data, 'base64');
    pieces.push(piece);
    offset += piece.length;
    if (offset >= total) return Buffer.concat(pieces);
  }
}

/** Text, because the page's types are not those of this side. */
const LOOK = `async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const colours = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => {
    const [r, g, b] = context.getImageData(Math.round(x * width), Math.round(y * height), 1, 1).data;
    if (Math.min(r, g, b) > 200) return 'white';
    return r > g && r > b ? 'red' : g > b ? 'green' : 'blue';
  }));
  return { width, height, colours };
}`;

/** What Chromium sees in an image: its size, and the colours in the middle of its quarters, row by row. */
async function look(image: Buffer): Promise<{ width: number; height: number; colours: string[] }> {
  return page.evaluate(`(${LOOK})('${image.toString('base64')}')`);
}

/** Waits until an expression about the page is true; asked from outside, as the page makes no code out of text. */
async function waitUntil(expression: string): Promise<void> {
  await expect.poll(() => page.evaluate<boolean>(expression), { timeout: 45_000 }).toBe(true);
}

/** The camera shows its picture. */
async function waitForCamera(): Promise<void> {
  await dialog().getByText(`${CAMERA_SIZE.width}×${CAMERA_SIZE.height}`).waitFor();
  await waitUntil(`document.querySelector('dialog video').videoWidth === ${CAMERA_SIZE.width}`);
}

/** F9, and the paper that is to be scanned. */
async function openOn(material: string): Promise<void> {
  await hall.clerk.press('F9');
  await dialog().getByLabel('材料', { exact: true }).selectOption(material);
}

async function expectAccessible(): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
}

let caseId = '';

test('before acceptance, F9 takes a picture of the paper in hand, and Esc loses nothing', async () => {
  hall.demo.reader.layCard('zhangsan');
  await hall.clerk.waitForPerson('张三');
  hall.demo.reader.liftCard();
  await hall.clerk.fillIn({ item: 'A09', location: '龙山区东吉大街12号3单元402室' });
  await hall.clerk.press('F9');
  await waitForCamera();
  await shoot(page, 'scan-camera');
  await expectAccessible();
  await hall.clerk.press('Space');
  await thumbnail(1, '已留存').waitFor();
  await hall.clerk.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('region', { name: '材料' }).getByRole('button', { name: '扫描 1 页' }).click();
  await thumbnail(1, '已留存').waitFor();
  await hall.clerk.press('Escape');
});

test('the pages of the form become pages of the case with its acceptance', async () => {
  await dialog().waitFor({ state: 'detached' });
  await page.locator('[data-field=primary]').focus();
  const number = await hall.clerk.accept();
  await hall.clerk.waitForPrint();
  const found = await rpc<{ record: { id: string } }>('case.get', { id: number });
  caseId = found.record.id;
  expect(await list(caseId)).toMatchObject([{ state: 'attached', page: 1, source: 'camera' }]);
  await page.getByRole('article', { name: '办件' }).getByRole('button', { name: '扫描 1 页' }).waitFor();
});

test('two pictures, one turned and one cropped, and a file are attached in order by Enter', async () => {
  const { material } = (await list(caseId))[0] as ListedPage;
  await openOn(material);
  await waitForCamera();
  await thumbnail(1, '已存入').waitFor();

  await hall.clerk.press('Space');
  await thumbnail(2, '已留存').waitFor();
  await hall.clerk.press('r');
  await waitUntil(`document.querySelector('dialog canvas')?.height > document.querySelector('dialog canvas')?.width`);
  await thumbnail(2, '已留存').waitFor();
  await shoot(page, 'scan-page');
  await expectAccessible();

  await hall.clerk.press('Space');
  await dialog().getByLabel('摄像头画面').waitFor();
  await hall.clerk.press('Space');
  await thumbnail(3, '已留存').waitFor();
  await hall.clerk.press('c');
  const right = dialog().getByRole('slider', { name: '右边' });
  await right.focus();
  for (let press = 0; press < 10; press += 1) await hall.clerk.press('Shift+ArrowLeft');
  await dialog().getByRole('slider', { name: '下边' }).focus();
  for (let press = 0; press < 10; press += 1) await hall.clerk.press('Shift+ArrowUp');
  expect(await right.getAttribute('aria-valuenow')).toBe('50');
  await shoot(page, 'scan-crop');
  await expectAccessible();
  await hall.clerk.press('Enter');
  await waitUntil(`!document.querySelector('dialog [role=slider]')`);
  await thumbnail(3, '已留存').waitFor();

  const file = jpegWith('out of a scanner');
  const files = dialog().getByLabel('导入文件', { exact: true }).and(page.locator('input'));
  await files.setInputFiles([
    { name: '合同.jpg', mimeType: 'image/jpeg', buffer: file },
    { name: '协议.pdf', mimeType: 'application/pdf', buffer: await pdfOf(3) },
    { name: '坏.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('nothing') },
  ]);
  await thumbnail(5, '已留存').waitFor();
  await thumbnail(6, '未存').waitFor();
  await dialog().getByText('1 页没有存住，仍在这里').waitFor();
  await thumbnail(6, '未存').click();
  await dialog().getByText('这个文件不是图像，也不是 PDF').waitFor();
  await shoot(page, 'scan-broken-file');
  await hall.clerk.press('Delete');
  await thumbnail(6, '未存').waitFor({ state: 'detached' });

  // The last one, the PDF, goes before the file.
  await thumbnail(5, '已留存').click();
  await hall.clerk.press('Alt+ArrowUp');
  await strip().getByRole('listitem').nth(3).getByText('PDF 3 页').waitFor();
  await shoot(page, 'scan-list');
  await hall.clerk.press('Enter');
  await dialog().waitFor({ state: 'detached' });

  const pages = await list(caseId);
  expect(pages.map(({ state, page, source }) => `${page} ${state} ${source}`)).toEqual([
    '1 attached camera',
    '2 attached camera',
    '3 attached camera',
    '4 attached file',
    '5 attached file',
  ]);
  expect(pages.every((each) => each.material === material)).toBe(true);
  const images = await Promise.all(pages.map(({ id }) => fetchPage(id)));
  expect(images.map(hashOf)).toEqual(pages.map(({ blob }) => blob.sha256));
  const [plain, turned, cropped, , scanner] = images as [Buffer, Buffer, Buffer, Buffer, Buffer];
  expect(await look(plain)).toEqual({ ...CAMERA_SIZE, colours: ['red', 'green', 'blue', 'white'] });
  expect(await look(turned)).toEqual({ width: 960, height: 1280, colours: ['blue', 'red', 'white', 'green'] });
  expect(await look(cropped)).toEqual({ width: 640, height: 480, colours: ['red', 'red', 'red', 'red'] });
  expect(scanner.equals(file)).toBe(true);
  await page.getByRole('article', { name: '办件' }).getByRole('button', { name: '扫描 5 页' }).waitFor();
  await shoot(page, 'scan-case');
});

test('a page of a case is removed only with a reason', async () => {
  await openOn((await list(caseId))[0]?.material ?? '');
  await thumbnail(5, '已存入').click();
  await hall.clerk.press('Delete');
  const question = dialog().getByRole('region', { name: '移除第 5 页' });
  await shoot(page, 'scan-remove');
  await expectAccessible();
  expect(await question.getByRole('button', { name: '移除' }).isDisabled()).toBe(true);
  await question.getByText('放错材料').click();
  await question.getByRole('button', { name: '移除' }).click();
  await thumbnail(5, '已存入').waitFor({ state: 'detached' });
  await hall.clerk.press('Enter');
  await dialog().waitFor({ state: 'detached' });
  expect(await list(caseId)).toHaveLength(4);
});

test('on the disk the images lie sealed beside the database, and none is in it', async () => {
  const { terminalDir } = hall.demo.folder;
  const blobs = path.join(terminalDir, 'blobs');
  const files = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(blobs, name)).isFile(),
  );
  // The removed one stays until the nightly job.
  expect(files).toHaveLength(5);
  const magic = Buffer.from([0xff, 0xd8, 0xff]);
  for (const name of files) {
    const bytes = readFileSync(path.join(blobs, name));
    // Three bytes come by chance once in 16 MB; what a JPEG begins with does not stand where a blob begins.
    expect(bytes.includes(Buffer.concat([magic, Buffer.from([0xe0, 0, 0x10])]))).toBe(false);
    expect(bytes.includes('JFIF')).toBe(false);
    expect(bytes.subarray(0, 3).equals(magic)).toBe(false);
  }
  const { hex } = JSON.parse(readFileSync(path.join(terminalDir, 'key.json'), 'utf8')) as { hex: string };
  const db = openDatabase({ file: path.join(terminalDir, 'yichuang.db'), keyHex: hex, readonly: true });
  const sizes = db.prepare("SELECT max(length(body)) FROM op WHERE stream_kind = 'scan'").pluck().get();
  const kinds = db.prepare("SELECT kind, count(*) AS n FROM op WHERE stream_kind = 'scan' GROUP BY kind").all();
  db.close();
  expect(sizes).toBeLessThan(1_000);
  expect(kinds).toEqual([
    { kind: 'scan.attached', n: 5 },
    { kind: 'scan.removed', n: 1 },
  ]);
  expect(await verifyFolder(terminalDir)).toEqual([]);
});

test('a machine without a camera says so, and files can still be imported', async () => {
  await hall.reopen([]);
  page = hall.launched.page;
  await page.getByLabel('工号').waitFor();
  await hall.clerk.signIn('1001', 'Yichuang-1001');
  await page.getByRole('list', { name: '办件列表' }).getByText('张三').first().click();
  await page.getByRole('article', { name: '办件' }).waitFor();
  await openOn((await list(caseId))[0]?.material ?? '');
  await dialog().getByRole('alert').getByText('没有找到摄像头').waitFor();
  await thumbnail(4, '已存入').waitFor();
  await shoot(page, 'scan-no-camera');
  await expectAccessible();
});
