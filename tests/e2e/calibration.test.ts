import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASSUMED_FORMS } from '../../domain/form/forms.ts';
import type { FormArea } from '../../domain/form/types.ts';
import { type EscpSimulator, startEscpSimulator } from '../../native/simulator/escp/simulator.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { inkCentreIn, readSheet, type Sheet } from '../fixtures/measure.ts';
import { shoot } from '../fixtures/shots.ts';

/** A printer that puts everything in the wrong place is set to a form, in the real program, by measuring its sheets. */

const [FORM] = ASSUMED_FORMS;
/** Of the pictures the simulated printer leaves. */
const DPI = 180;
/** What is wrong with this printer, where its paper lies: millimetres, and of one. */
const PLANTED = { x: { scale: 1.006, shift: 1.7 }, y: { scale: 0.995, shift: -1.2 } };
const SIDES = ['x', 'y'] as const;

let hall: Hall;
let printer: EscpSimulator;
let sheets: string;
beforeAll(async () => {
  sheets = mkdtempSync(path.join(os.tmpdir(), 'yichuang-sheets-'));
  // Room for a whole page: TCP brings more at once than a cable, and what overruns a buffer is not printed.
  printer = await startEscpSimulator({ port: 'tcp://127.0.0.1:0', saveDir: sheets, buffer: 4_000_000 });
  const certificatePrinter = {
    ...{ driver: 'escp', port: printer.port, baudRate: 921_600 },
    ...{ dialect: 'escp2', resolution: '360' },
  };
  const config = { devices: { certificatePrinter } };
  hall = await openHall({ width: 1366, height: 768, args: ['--role=supervisor'], config });
}, 240_000);
afterAll(async () => {
  await hall.stop();
  await printer.close();
  rmSync(sheets, { recursive: true, force: true });
});

const page = (): Page => hall.launched.page;
const press = (key: string) => page().keyboard.press(key);
const section = (name: string) => page().getByRole('region', { name, exact: true });

async function sheet(number: number): Promise<Sheet> {
  const name = `sheet-${String(number).padStart(4, '0')}.png`;
  await expect.poll(async () => (await readdir(sheets)).includes(name), { timeout: 45_000 }).toBe(true);
  return readSheet(path.join(sheets, name), DPI);
}

/** Where something told to stand at `told` (mm) stands on this printer's paper, and back. */
const onPaper = (side: 'x' | 'y', told: number): number => PLANTED[side].scale * told + PLANTED[side].shift;
const asTold = (side: 'x' | 'y', real: number): number => (real - PLANTED[side].shift) / PLANTED[side].scale;

/** A person with a ruler: where the ink around a place is, on the paper, in millimetres. */
function ruler(
  found: Sheet,
  told: { x: number; y: number },
  reach: { x: number; y: number },
): { x: number; y: number } {
  const centre = inkCentreIn(found, {
    ...{ left: told.x - reach.x, right: told.x + reach.x },
    ...{ top: told.y - reach.y, bottom: told.y + reach.y },
  });
  if (!centre) throw new Error(`no ink at ${told.x}, ${told.y}`);
  return { x: onPaper('x', centre.x), y: onPaper('y', centre.y) };
}

/** How far the four lines of a box are from where they should be, across and down, in millimetres. */
function missOf(found: Sheet, { x, y, width, height }: FormArea): { x: number[]; y: number[] } {
  const [left, top, right, bottom] = [x / 10, y / 10, (x + width) / 10, (y + height) / 10];
  const half = { x: (right - left) / 2, y: (bottom - top) / 2 };
  const [midX, midY] = [asTold('x', left + half.x), asTold('y', top + half.y)];
  const upright = (wanted: number): number =>
    ruler(found, { x: asTold('x', wanted), y: midY }, { x: 0.8, y: half.y - 1 }).x - wanted;
  const level = (wanted: number): number =>
    ruler(found, { x: midX, y: asTold('y', wanted) }, { x: half.x - 1, y: 0.8 }).y - wanted;
  return { x: [left, right].map(upright), y: [top, bottom].map(level) };
}

async function signIn(): Promise<void> {
  await page().getByLabel('工号').fill('9001');
  await page().getByLabel('密码').fill('Yichuang-9001');
  await press('Enter');
}

test('the cross grid is printed, measured, typed in and reckoned, with the keyboard alone', async () => {
  await page().getByRole('tab', { name: '套打校准' }).focus();
  await press('Enter');
  await signIn();
  await section('历次校准').getByText('还没有保存过校准').waitFor();
  await page().getByRole('button', { name: '打印十字格' }).focus();
  await press('Enter');
  await page()
    .getByRole('status')
    .getByText(/十字格已送出/)
    .waitFor({ timeout: 60_000 });
  const grid = await sheet(1);
  const measured = [
    [20, 20],
    [160, 240],
    [160, 20],
  ].map(([x = 0, y = 0]) => ruler(grid, { x, y }, { x: 3.3, y: 3.3 }));
  await page().getByRole('textbox', { name: '左上十字 横' }).focus();
  for (const [index, side] of measured.flatMap((each) => SIDES.map((side) => each[side])).entries()) {
    if (index > 0) await press('Tab');
    await page().keyboard.type(side.toFixed(1));
  }
  await press('Enter');
  await section('四、废证上试打').getByText('未保存').waitFor();
  await section('四、废证上试打')
    .getByText(/纸歪 -?0.[01]°，可以/)
    .waitFor();
  expect(await findBarriers(page())).toEqual([]);
}, 120_000);

test('the boxes that are printed next stand on the form to a tenth of a millimetre, and are saved', async () => {
  await page().getByRole('button', { name: '打印字段框' }).focus();
  await press('Enter');
  await page()
    .getByRole('status')
    .getByText(/字段框已送出/)
    .waitFor({ timeout: 60_000 });
  const boxes = await sheet(2);
  expect(printer.state().lost).toBe(0);
  const missed = (FORM?.fields ?? []).map((field) => ({ label: field.label, ...missOf(boxes, field) }));
  for (const { label, ...miss } of missed) {
    for (const side of SIDES)
      for (const each of miss[side]) expect(Math.abs(each), `${label} ${side}`).toBeLessThan(0.1);
  }
  expect(missed).toHaveLength(FORM?.fields.length ?? 0);
  await page().getByRole('button', { name: '保存校准' }).focus();
  await press('Enter');
  await page().getByRole('status').getByText('已保存，从下一张证书起用这个校准').waitFor();
  await section('历次校准').getByRole('row', { name: /量得/ }).getByText('在用').waitFor();
}, 120_000);

test('the arrows move the print by a tenth of a millimetre, and an earlier calibration can be gone back to', async () => {
  const shiftX = section('四、废证上试打').getByRole('definition').first();
  const before = Number.parseFloat((await shiftX.textContent()) ?? '');
  await page().getByRole('button', { name: /^微调/ }).focus();
  await press('ArrowRight');
  await press('ArrowRight');
  await press('ArrowLeft');
  await press('ArrowDown');
  await expect.poll(async () => Number.parseFloat((await shiftX.textContent()) ?? '')).toBeCloseTo(before + 0.1, 5);
  await page().getByRole('button', { name: '保存校准' }).focus();
  await press('Enter');
  await section('历次校准').getByRole('row', { name: /微调/ }).getByText('在用').waitFor();
  await shoot(page(), 'calibration-1366');
  expect(await findBarriers(page())).toEqual([]);
  await section('历次校准').getByRole('button', { name: /^恢复/ }).focus();
  await press('Enter');
  await section('历次校准').getByRole('row', { name: /恢复/ }).getByText('在用').waitFor();
  expect(Number.parseFloat((await shiftX.textContent()) ?? '')).toBeCloseTo(before, 5);
});

test('a measure that no printer needs is refused with its reason, and nothing is changed', async () => {
  await page().getByRole('textbox', { name: '右下十字 横' }).fill('190');
  await press('Enter');
  await page().getByRole('alert').getByText('长度差超过 3%').waitFor();
  await page().getByRole('textbox', { name: '右下十字 横' }).fill('1o0');
  await press('Enter');
  await page().getByText('请写毫米数，如 20.1').waitFor();
  await shoot(page(), 'calibration-refused-1366');
  await page().getByRole('status').getByText('与在用的校准相同').waitFor();
});

test('a field is dragged and moved over a scanned form, faults are named, and it is kept as a new version', async () => {
  await page().getByRole('tab', { name: '版式' }).click();
  await page().getByLabel('选扫描件').setInputFiles({ name: 'scan.png', mimeType: 'image/png', buffer: scan() });
  const place = (label: string) => page().getByRole('button', { name: new RegExp(`^${label}，`) });
  await place('省简称').focus();
  await press('ArrowRight');
  await press('Shift+ArrowDown');
  await press('Control+ArrowRight');
  await page().getByRole('button', { name: '省简称，左 20.1，上 19.0，宽 6.1，高 5.0 毫米' }).waitFor();
  expect(await page().getByLabel('左', { exact: true }).inputValue()).toBe('20.1');

  const box = await place('二维码').boundingBox();
  if (!box) throw new Error('no box');
  await page().mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page().mouse.down();
  await page().mouse.move(box.x + box.width / 2 + 200, box.y + box.height / 2, { steps: 5 });
  await page().mouse.up();
  await section('要改的')
    .getByText(/二维码：压在盖章的位置上/)
    .waitFor();
  await shoot(page(), 'form-editor-problem-1366');
  expect(await findBarriers(page())).toEqual([]);
  await page().getByRole('button', { name: '撤销' }).click();
  await section('要改的').getByText('没有重叠，没有出纸边').waitFor();

  const [width, height] = [page().getByLabel('宽', { exact: true }), page().getByLabel('高', { exact: true })];
  await page().mouse.move(box.x + box.width - 3, box.y + box.height - 3);
  await page().mouse.down();
  await page().mouse.move(box.x + box.width - 3, box.y + box.height - 13, { steps: 3 });
  await page().mouse.up();
  await expect.poll(async () => Number(await height.inputValue())).toBeLessThan(21);
  expect(await width.inputValue()).toBe('24.0');
  await page().getByRole('button', { name: '撤销' }).click();
  await expect.poll(() => height.inputValue()).toBe('24.0');

  await page().getByRole('button', { name: '看样张' }).click();
  await expect.poll(() => page().locator('[aria-label$="纸面"] img').count()).toBe(2);
  await shoot(page(), 'form-editor-1366');
  expect(await findBarriers(page())).toEqual([]);
  await page().getByRole('button', { name: '另存为新版本' }).click();
  await page().getByRole('status').getByText('已存为第 1 版').waitFor();
  expect(await page().getByLabel('版本').locator('option').allTextContents()).toEqual([
    expect.stringMatching(/^第 1 版.*蒋华$/),
    '随程序',
  ]);
});

/** A scanned form for the eye: grey lines on yellowish paper, of the sheet's proportions. */
function scan(): Buffer {
  const image = new PNG({ width: 370, height: 520 });
  for (let at = 0; at < image.data.length; at += 4) {
    const [x, y] = [(at / 4) % 370, Math.floor(at / 4 / 370)];
    const isLine = x % 60 === 30 || y % 26 === 13;
    image.data.set(isLine ? [190, 170, 140, 255] : [252, 246, 232, 255], at);
  }
  return PNG.sync.write(image);
}
