import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedApp, launchApp, STUBS } from '../fixtures/app.ts';
import { type Cups, startCups } from '../fixtures/cups.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** The shell's way to the office printer, with a spooler of its own. Read back by Debian's poppler-utils. */

const run = promisify(execFile);
let cups: Cups;
let display: Display;
beforeAll(async () => {
  cups = await startCups();
  display = await startXvfb();
});
afterAll(async () => {
  await display.stop();
  await cups.stop();
});

async function withPrinter(printer: string, use: (app: LaunchedApp) => Promise<void>): Promise<void> {
  const env = { ...STUBS, CUPS_SERVER: cups.socket, YICHUANG_STUB_PRINTER: printer };
  const app = await launchApp({ display: display.name, env });
  try {
    await use(app);
  } finally {
    await app.stop();
  }
}

const TARGET = { of: 'case', caseId: '0198a000-0000-7000-8000-0000000000c1', paper: 'acceptance' };
const print = ({ page }: LaunchedApp) =>
  page.evaluate(`window.yichuang.call('papers.print', { target: ${JSON.stringify(TARGET)} })`);

test('a paper goes to the configured printer whole: A4, as it was drawn, and nothing of it stays in the program', async () => {
  await withPrinter('office', async (app) => {
    expect(await print(app)).toEqual({ ok: true, value: { print: 1, confirmation: 'sent' } });
    const [job, ...rest] = await cups.jobs();
    if (!job) throw new Error('no job');
    expect(rest).toEqual([]);
    expect(job.copies).toBe(1);
    const { stdout } = await run('pdfinfo', [job.file]);
    expect(stdout).toMatch(/^Pages:\s+1$/m);
    expect(stdout).toMatch(/^Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)$/m);
    // The bar of the stub's sheet: from 20 to 190 mm across and from 20 to 120 mm down.
    const { stdout: png } = await run('pdftoppm', ['-r', '25.4', '-png', '-gray', job.file], { encoding: 'buffer' });
    const { width, height, data } = PNG.sync.read(png);
    expect([Math.abs(width - 210) <= 1, Math.abs(height - 297) <= 1]).toEqual([true, true]);
    const dark = (x: number, y: number): boolean => (data[(y * width + x) * 4] ?? 255) < 128;
    expect([dark(25, 25), dark(185, 115), dark(15, 70), dark(195, 70), dark(100, 125)]).toEqual([
      ...[true, true],
      ...[false, false, false],
    ]);
    const windows = await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });
});

test.each(['stopped', 'elsewhere'])('a printer that takes nothing is said so (%s)', async (printer) => {
  const before = (await cups.jobs()).length;
  await withPrinter(printer, async (app) => {
    expect(await print(app)).toMatchObject({ ok: false, code: 'paper-printer-refused' });
  });
  expect(await cups.jobs()).toHaveLength(before);
});
