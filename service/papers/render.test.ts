import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { YichuangError } from '../../contract/errors.ts';
import { PAPERS, type PaperKind } from '../../domain/papers/papers.ts';
import { CASE_NUMBER, makeSamplePapers, TRACKING_NUMBER, USUAL } from '../../tests/fixtures/papers.ts';
import { renderPdf, renderSvg } from './render.ts';

/** Read back by Debian's poppler-utils and zbar-tools, which share nothing with us. */
const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'yichuang-papers-'));
});
afterAll(() => rm(folder, { recursive: true }));

const samples = Object.entries(makeSamplePapers()) as [Exclude<PaperKind, 'ticket'>, never][];
const LONG = {
  ...USUAL,
  count: 60,
  name: '阿依古丽·买买提𠮷䶮'.repeat(4),
  location: '辽源市龙山区示例街1号'.repeat(6),
};

async function pdfFacts(file: string): Promise<{ pages: number; size: string }> {
  const { stdout } = await run('pdfinfo', [file]);
  const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(stdout)?.[1] ?? '';
  return { pages: Number(field('Pages')), size: field('Page size') };
}

async function rasterise(pdf: Buffer, name: string, dpi: number): Promise<string[]> {
  const file = path.join(folder, `${name}.pdf`);
  await writeFile(file, pdf);
  await run('pdftoppm', ['-r', String(dpi), '-png', '-gray', file, path.join(folder, name)]);
  const files = await readdir(folder);
  return files.filter((each) => each.startsWith(`${name}-`)).map((each) => path.join(folder, each));
}

describe('every paper', () => {
  test.each(samples)('%s is a PDF of A4 pages whose codes open the case', async (kind) => {
    const document = makeSamplePapers()[kind];
    const svg = await renderSvg(document);
    const pages = await rasterise(await renderPdf(document), kind, 150);
    const facts = await pdfFacts(path.join(folder, `${kind}.pdf`));
    expect(facts).toEqual({ pages: svg.length, size: '595.276 x 841.89 pts (A4)' });
    const head = document.blocks.find((block) => block.kind === 'head');
    if (!PAPERS[kind].scannable || !head?.code) return;
    const { stdout } = await run('zbarimg', ['-q', pages.sort()[0] ?? '']);
    const read = stdout.trim().split('\n').sort();
    const own: Partial<Record<PaperKind, string>> = {
      'payment-notice': `QR-Code:https://pay.yichuang.invalid/p/${CASE_NUMBER}`,
      'express-slip': `CODE-128:${TRACKING_NUMBER}`,
    };
    expect(read).toEqual([`CODE-128:${head.code}`, `QR-Code:${head.qr ?? head.code}`, own[kind] ?? []].flat().sort());
  });

  test.each([
    ['long names, rare characters and 60 entries', LONG],
    ['empty optional fields', { ...USUAL, bare: true }],
    ['nothing in its lists', { ...USUAL, bare: true, count: 0 }],
  ])('can be drawn with %s', async (_, fill) => {
    for (const document of Object.values(makeSamplePapers(fill))) {
      const pages = await renderSvg(document);
      const pdf = await renderPdf(document);
      await writeFile(path.join(folder, 'any.pdf'), pdf);
      expect((await pdfFacts(path.join(folder, 'any.pdf'))).pages).toBe(pages.length);
    }
  });
});

describe('outlines', () => {
  test('a page is paths only: no text, no font, nothing to load', async () => {
    for (const page of await renderSvg(makeSamplePapers(LONG).acceptance)) {
      expect(page).not.toMatch(/<text|font-family|@font-face|<image|<style|<script|url\(|href="(?!#g)/);
      expect(page).not.toContain('NaN');
    }
  });

  test('a PDF holds no font, and no personal data in its description', async () => {
    const file = path.join(folder, 'fonts.pdf');
    await writeFile(file, await renderPdf(makeSamplePapers().application));
    const { stdout: fonts } = await run('pdffonts', [file]);
    expect(fonts.trim().split('\n')).toHaveLength(2);
    const { stdout: info } = await run('pdfinfo', [file]);
    expect(info).not.toMatch(/张三|220402199003071231/);
  });

  test('what the fonts draw is ink: a title covers its place', async () => {
    const [page = ''] = await rasterise(await renderPdf(makeSamplePapers()['loss-statement']), 'ink', 72);
    const { width, data } = PNG.sync.read(await readFile(page));
    let dark = 0;
    for (let y = 50; y < 95; y += 1) {
      for (let x = 240; x < 370; x += 1) if ((data[(y * width + x) * 4] ?? 255) < 128) dark += 1;
    }
    expect(dark).toBeGreaterThan(400);
    expect(dark).toBeLessThan(2400);
  });
});

describe('what cannot be printed', () => {
  test('a character no font has is refused by its number, before anything is drawn', async () => {
    const { acceptance } = makeSamplePapers({ ...USUAL, name: '张\u{323af}\u{e0101}三' });
    for (const render of [renderSvg, renderPdf]) {
      const error = await render(acceptance).catch((thrown: YichuangError) => thrown);
      expect(error).toMatchObject({
        code: 'paper-character-missing',
        details: { characters: ['U+323AF', 'U+E0101'] },
      });
    }
  });

  test('a number that fits nowhere is refused by its field, without the number', async () => {
    const document = makeSamplePapers().acceptance;
    document.blocks.push({ kind: 'fields', rows: [[{ label: '证号', value: '8'.repeat(200), keep: true }]] });
    const error = await renderSvg(document).catch((thrown: YichuangError) => thrown);
    expect(error).toMatchObject({ code: 'paper-overflow', details: { place: '证号' } });
    expect(JSON.stringify(error)).not.toContain('888');
  });
});
