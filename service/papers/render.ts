import type { PaperDocument } from '../../domain/papers/document.ts';
import type { LaidOutPaper, PaperFont } from '../../domain/papers/layout/placed.ts';
import { layOutPaper } from '../../domain/papers/layout.ts';
import { GlyphStore } from '../../native/paper/glyphs.ts';
import { pagesToPdf } from '../../native/paper/pdf.ts';
import { pageToSvg } from '../../native/paper/svg.ts';
import { paperFailure } from './failures.ts';

/** Outlines are kept for the life of the process: about 2 kB for each character ever printed. */
const glyphs = new GlyphStore();

/**
 * A paper as pages of SVG, paths only.
 * @throws YichuangError `paper-character-missing` (details `characters`: `U+20BB7`, …) before anything is drawn,
 * `paper-overflow` (details `place`) for a number that fits in no step of type
 */
export async function renderSvg(document: PaperDocument): Promise<string[]> {
  const { pages } = await layOut(document);
  return pages.map((page) => pageToSvg(page, glyphs));
}

/** The same paper as one PDF. @throws as renderSvg */
export async function renderPdf(document: PaperDocument): Promise<Buffer> {
  const { pages } = await layOut(document);
  return pagesToPdf(pages, glyphs, document.title);
}

async function layOut(document: PaperDocument): Promise<LaidOutPaper> {
  try {
    await loadGlyphs(document);
    return layOutPaper(document, glyphs.measure);
  } catch (error) {
    throw paperFailure(error);
  }
}

/** A layout in which nothing has a width tells which characters will be drawn, and in which font. */
async function loadGlyphs(document: PaperDocument): Promise<void> {
  const texts: Record<PaperFont, string[]> = { song: ['0123456789'], hei: [] };
  for (const page of layOutPaper(document, () => 0).pages) {
    for (const item of page.items) if (item.kind === 'text') texts[item.font].push(item.text);
  }
  await glyphs.load(texts.song, 'song');
  await glyphs.load(texts.hei, 'hei');
}
