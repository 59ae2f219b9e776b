import { PNG } from 'pngjs';
import { CELL_HEIGHT, type Glyph, layOut, PAPER_MARGIN, type Paper, PRINT_WIDTH } from './layout.ts';
import type { Op } from './ops.ts';
import type { Bitmap } from './symbols.ts';

const WIDTH = PRINT_WIDTH + 2 * PAPER_MARGIN;
const TEXT_GREY = 0xb4;

/**
 * The paper as PNG, one pixel a dot: codes and rasters exact, so that a scanner reads them; text only as grey cells,
 * because no font is loaded here. To read the text use {@link renderSvg}.
 */
export function renderPng(ops: readonly Op[]): Buffer {
  const paper = layOut(ops);
  const height = paper.height + 2 * PAPER_MARGIN;
  const pixels = Buffer.alloc(WIDTH * height, 0xff);
  const fill = (left: number, top: number, width: number, rows: number, grey: number) => {
    const x = left + PAPER_MARGIN;
    const y = top + PAPER_MARGIN;
    for (let row = y; row < Math.min(height, y + rows); row++) {
      pixels.fill(grey, row * WIDTH + Math.min(WIDTH, x), row * WIDTH + Math.min(WIDTH, x + width));
    }
  };
  for (const glyph of paper.glyphs) {
    if (glyph.char === ' ') continue;
    const { look } = glyph;
    const width = (glyph.cell - 2) * look.width;
    fill(glyph.x + look.width, glyph.y + 6 * look.height, width, 14 * look.height, TEXT_GREY);
  }
  for (const { x, y, bitmap } of paper.pictures) {
    for (const run of runsOf(bitmap)) fill(x + run.x, y + run.y, run.length, 1, 0);
  }
  const png = new PNG({ width: WIDTH, height });
  png.data = pixels;
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
}

/** The paper as SVG, text as text: for a person. Fonts are those of the viewer; every character sits in its cell. */
export function renderSvg(ops: readonly Op[]): string {
  const paper = layOut(ops);
  const height = paper.height + 2 * PAPER_MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<g transform="translate(${PAPER_MARGIN} ${PAPER_MARGIN})" text-anchor="middle" font-size="23"`,
    ` font-family="'Noto Sans Mono CJK SC','Noto Sans CJK SC','Microsoft YaHei',SimSun,monospace">`,
    ...paper.glyphs.map(svgGlyph),
    ...paper.pictures.map(({ x, y, bitmap }) => `<path transform="translate(${x} ${y})" d="${svgPath(bitmap)}"/>`),
    ...paper.cuts.map((y) => `<path d="M0 ${y}H${PRINT_WIDTH}" stroke="#999" stroke-dasharray="8 8"/>`),
    '</g></svg>',
  ].join('\n');
}

/** What did not come out on the paper as meant: wrapped lines, codes too wide, commands ignored or unknown. */
export function findProblems(ops: readonly Op[]): Paper['problems'] {
  return layOut(ops).problems;
}

function svgGlyph({ char, x, y, cell, look }: Glyph): string {
  const parts = [`<g transform="translate(${x} ${y}) scale(${look.width} ${look.height})">`];
  if (look.reverse) parts.push(`<rect width="${cell}" height="${CELL_HEIGHT}"/>`);
  if (look.underline) parts.push(`<rect y="23" width="${cell}" height="1"/>`);
  if (char !== ' ') {
    const weight = look.bold ? ' font-weight="bold"' : '';
    const colour = look.reverse ? ' fill="#fff"' : '';
    parts.push(`<text x="${cell / 2}" y="20"${weight}${colour}>${escapeXml(char)}</text>`);
  }
  return `${parts.join('')}</g>`;
}

function svgPath(bitmap: Bitmap): string {
  return runsOf(bitmap)
    .map((run) => `M${run.x} ${run.y}h${run.length}v1h-${run.length}z`)
    .join('');
}

function runsOf({ width, height, dots }: Bitmap): { x: number; y: number; length: number }[] {
  const runs = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = x;
      while (x < width && dots[y * width + x] === 1) x++;
      if (x > start) runs.push({ x: start, y, length: x - start });
    }
  }
  return runs;
}

/** Characters XML 1.0 does not allow become U+FFFD. */
function escapeXml(char: string): string {
  if (char === '&') return '&amp;';
  if (char === '<') return '&lt;';
  const code = char.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0xfffe || code === 0xffff ? '\uFFFD' : char;
}
