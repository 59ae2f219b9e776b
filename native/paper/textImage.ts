import { Resvg } from '@resvg/resvg-js';
import type { PlacedItem, PlacedPage } from '../../domain/papers/layout/placed.ts';
import { GlyphStore, MissingGlyphs } from './glyphs.ts';
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
/** 203 dpi printers have 8 dots to the millimetre: a dot in 0.1 mm. */
const DOT = 1.25;
const POINT = 254 / 72;
/** Where the baseline of a Chinese font stands in its em box. */
const ASCENT = 0.88;
/** Half covered would lose the hairlines of a serif at 24 dots. */
const DARK = 205;

/** Outlines are kept for the life of the process. */
const glyphs = new GlyphStore();

/**
 * A line of text as a ticket printer's own font would set it: every character in its cell, 12 dots a half-width column.
 * @param magnify 1 or 2, as the printer's GS !
 * @param columnsOf half-width columns of a character
 * @returns null when no font has one of the characters
 */
export async function drawTextLine(
  text: string,
  magnify: 1 | 2,
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
  const width = Math.round(page.width / DOT);
  const image = new Resvg(pageToSvg(page, glyphs), { fitTo: { mode: 'width', value: width } }).render();
  const stride = Math.ceil(image.width / 8);
  const rows = new Uint8Array(stride * image.height);
  const { pixels } = image;
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      // The page is grey on white: one channel tells.
      if ((pixels[(y * image.width + x) * 4] ?? 255) >= DARK) continue;
      const at = y * stride + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width: image.width, height: image.height, rows };
}
