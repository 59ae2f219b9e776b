import type { PlacedItem, PlacedPage } from '../../domain/papers/layout/placed.ts';
import { GlyphStore, MissingGlyphs } from './glyphs.ts';
import { rasteriseSvg } from './raster.ts';
import { pageToSvg } from './svg.ts';
import { QR_UNITS, qrShape } from './symbols.ts';

/** One bit a dot, rows padded to whole bytes, the highest bit leftmost; lengths in dots. */
export interface DotImage {
  width: number;
  height: number;
  rows: Uint8Array;
}

/** A half-width cell of the printers' 24-dot font. */
const CELL = { width: 12, height: 24 };
/** So-called 203 dpi printers have 8 dots to the millimetre: a dot in 0.1 mm. */
const DOT = 1.25;
const DPI = 203.2;
const POINT = 254 / 72;
/** Where the baseline of a Chinese font stands in its em box. */
const ASCENT = 0.88;
/** Half covered would lose the hairlines of a serif at 24 dots. */
const INK_FROM = 0.2;

/** Outlines are kept for the life of the process. */
const glyphs = new GlyphStore();

/**
 * A line of text as a ticket printer's own font would set it: every character in its cell, 12 dots a half-width column.
 * @param magnify 1, 2 or 4, as the printer's GS !
 * @param columnsOf half-width columns of a character
 * @returns null when no font has one of the characters
 */
export async function drawTextLine(
  text: string,
  magnify: 1 | 2 | 4,
  columnsOf: (character: string) => number,
): Promise<DotImage | null> {
  try {
    await glyphs.load([text], 'hei');
  } catch (error) {
    if (error instanceof MissingGlyphs) return null;
    throw error;
  }
  const em = CELL.height * magnify * DOT;
  const size = em / POINT;
  const items: PlacedItem[] = [];
  let left = 0;
  for (const character of text) {
    const cell = columnsOf(character) * CELL.width * magnify * DOT;
    const x = left + (cell - glyphs.measure(character, 'hei', size)) / 2;
    items.push({ kind: 'text', x, y: em * ASCENT, text: character, font: 'hei', size, spread: 0 });
    left += cell;
  }
  return toDots({ width: left, height: em, items });
}

/** A QR code for printers that cannot make one (devices.md §2.3). @param module dots a side */
export function drawQr(data: string, module: number): DotImage {
  const size = (qrShape(data).width / QR_UNITS) * module * DOT;
  return toDots({ width: size, height: size, items: [{ kind: 'qr', x: 0, y: 0, size, data }] });
}

function toDots(page: PlacedPage): DotImage {
  const svg = pageToSvg(page, glyphs);
  const { width, height, dots } = rasteriseSvg(svg, { dpiX: DPI, dpiY: DPI, inkFrom: INK_FROM });
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(stride * height);
  for (const [index, dot] of dots.entries()) {
    const x = index % width;
    const at = Math.floor(index / width) * stride + (x >> 3);
    if (dot) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
  }
  return { width, height, rows };
}
