import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSvg } from '../../service/papers/render.ts';
import { type LaunchedApp, launchApp, ROOT, STUBS } from '../fixtures/app.ts';
import { findBarriers } from '../fixtures/barriers.ts';
import { makeSamplePapers } from '../fixtures/papers.ts';
import { shoot } from '../fixtures/shots.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** The preview of papers in the real window under its real policy, with every paper. Needs `npm run build`. */

let folder: string;
let display: Display;
let launched: LaunchedApp;
const documents = Object.values(makeSamplePapers());

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-gallery-'));
  await build({
    configFile: false,
    root: path.join(ROOT, 'renderer/gallery'),
    plugins: [react()],
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0, modulePreload: false },
  });
  const papers = [];
  for (const document of documents) papers.push({ title: document.title, pages: await renderSvg(document) });
  writeFileSync(path.join(folder, 'papers.js'), `export default ${JSON.stringify(papers)};`);
  display = await startXvfb();
  launched = await launchApp({ display: display.name, env: { ...STUBS, YICHUANG_RENDERER_DIR: folder } });
});

afterAll(async () => {
  await launched?.stop();
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the preview of papers', () => {
  it('draws every page of every paper under the page policy', async () => {
    const { page } = launched;
    for (const { title } of documents) {
      await page.getByRole('button', { name: title, exact: true }).click();
      const sheets = page.getByRole('region', { name: title, exact: true }).getByRole('img');
      await sheets.first().waitFor();
      const sizes = await sheets.evaluateAll((images) =>
        Promise.all(
          images.map(async (image) => {
            await image.decode();
            return image.naturalHeight / image.naturalWidth;
          }),
        ),
      );
      for (const ratio of sizes) expect(ratio).toBeCloseTo(297 / 210, 2);
    }
  });

  it('goes to a page by its thumb, and fits page or width', async () => {
    const { page } = launched;
    await page.getByRole('button', { name: '受理凭证', exact: true }).click();
    const back = page.getByRole('img', { name: '受理凭证 第2页，共2页' });
    await shoot(page, 'paper-preview');
    await page.getByRole('button', { name: '2 / 2' }).click();
    await expect.poll(() => back.evaluate((image) => image.getBoundingClientRect().top < 400)).toBe(true);
    expect(await page.getByRole('button', { name: '2 / 2' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('region', { name: '受理凭证', exact: true }).press('Home');
    await expect.poll(() => page.getByRole('button', { name: '1 / 2' }).getAttribute('aria-current')).toBe('page');
    const narrow = await back.evaluate((image) => image.getBoundingClientRect().width);
    await page.getByRole('button', { name: '页宽' }).click();
    await expect.poll(() => back.evaluate((image) => image.getBoundingClientRect().width)).toBeGreaterThan(narrow);
  });

  it('has no violation axe knows', async () => {
    expect(await findBarriers(launched.page, 'main')).toEqual([]);
  });
});
