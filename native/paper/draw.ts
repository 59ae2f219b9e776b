import type { PlacedItem } from '../../domain/papers/layout/placed.ts';
import type { Glyph, GlyphStore } from './glyphs.ts';
import { code128Shape, qrShape, type SymbolShape } from './symbols.ts';

/** What a page is drawn on; coordinates in 0.1 mm from the top left corner. */
export interface PageCanvas {
  /** @param scale from thousandths of the em to 0.1 mm */
  glyph(glyph: Glyph, x: number, y: number, scale: number): void;
  line(x1: number, y1: number, x2: number, y2: number, width: number, dashed: boolean): void;
  /** Filled; an area inside another one is a hole. */
  polygons(polygons: SymbolShape['polygons']): void;
}

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** 0.1 mm of one point, by the thousandth. */
const EM_PER_POINT = 254 / 72 / 1000;

/** Draws the items of a page; the one path to SVG, PDF and raster. */
export function drawPage(items: readonly PlacedItem[], glyphs: GlyphStore, canvas: PageCanvas): void {
  for (const item of items) {
    switch (item.kind) {
      case 'text':
        drawText(item, glyphs, canvas);
        break;
      case 'line':
        canvas.line(item.x1, item.y1, item.x2, item.y2, item.width, item.dashed);
        break;
      case 'barcode':
        canvas.polygons(scaled(code128Shape(item.data), item));
        break;
      case 'qr':
        canvas.polygons(scaled(qrShape(item.data), { ...item, width: item.size, height: item.size }));
        break;
    }
  }
}

function drawText(item: Extract<PlacedItem, { kind: 'text' }>, glyphs: GlyphStore, canvas: PageCanvas): void {
  const scale = item.size * EM_PER_POINT;
  let { x } = item;
  for (const character of item.text) {
    const glyph = glyphs.glyph(character, item.font);
    if (glyph.commands.length > 0) canvas.glyph(glyph, x, item.y, scale);
    x += glyph.advance * scale + item.spread;
  }
}

function scaled(symbol: SymbolShape, box: Rect): SymbolShape['polygons'] {
  const across = box.width / symbol.width;
  const down = box.height / symbol.height;
  return symbol.polygons.map((polygon) =>
    polygon.map(([x, y]): [number, number] => [box.x + x * across, box.y + y * down]),
  );
}
