import type { Align, BarcodeOp, Op, TextOp } from './ops.ts';
import { type Bitmap, drawCode128, drawQr, enlarge, unpack } from './symbols.ts';

/** Printable dots of 80 mm paper at 8 dots/mm; the paper itself is 640 wide, which also gives codes their quiet zone. */
export const PRINT_WIDTH = 576;
export const PAPER_MARGIN = 32;
/** Font A is 12 × 24, a Hanzi 24 × 24. */
export const CELL_HEIGHT = 24;
/** 4 m; nothing longer is drawn. */
const LONGEST = 32_000;

export interface Glyph {
  char: string;
  /** Left upper corner of the cell, in the printable width. */
  x: number;
  y: number;
  /** Before magnification. */
  cell: number;
  look: Pick<TextOp, 'width' | 'height' | 'bold' | 'underline' | 'reverse'>;
}

interface Picture {
  x: number;
  y: number;
  bitmap: Bitmap;
}

export interface Paper {
  height: number;
  glyphs: Glyph[];
  pictures: Picture[];
  /** Where it was cut. */
  cuts: number[];
  /** What did not come out as meant. */
  problems: string[];
}

const PLAIN: Glyph['look'] = { width: 1, height: 1, bold: false, underline: false, reverse: false };

/** Puts the ops on paper: wraps over-long lines, aligns, leaves out codes wider than the paper, as a printer does. */
export function layOut(ops: readonly Op[]): Paper {
  const sheet = new Sheet();
  for (const op of ops) {
    if (sheet.paper.height > LONGEST) {
      sheet.paper.problems.push('paper longer than 4 m');
      break;
    }
    sheet.put(op);
  }
  return sheet.paper;
}

class Sheet {
  readonly paper: Paper = { height: 0, glyphs: [], pictures: [], cuts: [], problems: [] };
  #line: Glyph[] = [];
  #pen = 0;
  #align: Align = 'left';

  put(op: Op): void {
    switch (op.kind) {
      case 'text':
        this.#text(op);
        break;
      case 'move':
        this.#pen = Math.max(0, op.mode === 'absolute' ? op.dots : this.#pen + op.dots);
        break;
      case 'feed':
        this.#feed(op.dots);
        break;
      case 'qr':
        this.#picture(drawQr(op), op.align, 'QR code');
        break;
      case 'barcode':
        this.#barcode(op);
        break;
      case 'raster':
        this.#picture(enlarge(unpack(op.width, op.height, op.rows), op.scaleX, op.scaleY), op.align, 'raster', true);
        break;
      case 'cut':
        this.paper.height += op.feed;
        this.paper.cuts.push(this.paper.height);
        break;
      case 'ignored':
        this.paper.problems.push(`${op.command} ignored: ${op.reason}`);
        break;
      case 'unknown':
        this.paper.problems.push(`unknown command of ${op.bytes.length} bytes`);
        break;
      default: // requests leave no mark
    }
  }

  #text(op: TextOp): void {
    if (!this.#line.length) this.#align = op.align;
    for (const char of op.text) {
      const cell = (char.codePointAt(0) ?? 0) > 0x7e ? 24 : 12;
      if (this.#pen + cell * op.width > PRINT_WIDTH) {
        this.paper.problems.push('line wrapped');
        this.#feed(0);
        this.#align = op.align;
      }
      this.#line.push({ char, x: this.#pen, y: 0, cell, look: op });
      this.#pen += cell * op.width;
    }
  }

  #feed(dots: number): void {
    const height = Math.max(0, ...this.#line.map((glyph) => glyph.look.height * CELL_HEIGHT));
    const shift = offset(this.#align, this.#pen);
    for (const glyph of this.#line) {
      glyph.x += shift;
      glyph.y = this.paper.height + height - glyph.look.height * CELL_HEIGHT;
    }
    this.paper.glyphs.push(...this.#line);
    this.paper.height += Math.max(dots, height);
    this.#line = [];
    this.#pen = 0;
  }

  #barcode(op: BarcodeOp): void {
    const bars = op.values.length > 0 ? drawCode128(op.values, op.moduleWidth, op.height) : null;
    const isDrawn = bars !== null && bars.width <= PRINT_WIDTH;
    if (isDrawn && (op.hri === 'above' || op.hri === 'both')) this.#readable(op);
    this.#picture(bars, op.align, `bar code ${op.symbology}`);
    if (isDrawn && (op.hri === 'below' || op.hri === 'both')) this.#readable(op);
  }

  #readable(op: BarcodeOp): void {
    this.#text({ ...PLAIN, kind: 'text', text: op.data, align: op.align });
    this.#feed(0);
  }

  #picture(bitmap: Bitmap | null, align: Align, name: string, crops = false): void {
    if (!bitmap) {
      this.paper.problems.push(`${name} cannot be drawn`);
      return;
    }
    if (bitmap.width > PRINT_WIDTH) {
      this.paper.problems.push(`${name} wider than the paper`);
      if (!crops) return;
    }
    this.paper.pictures.push({ x: Math.max(0, offset(align, bitmap.width)), y: this.paper.height, bitmap });
    this.paper.height += bitmap.height;
  }
}

function offset(align: Align, width: number): number {
  if (align === 'left') return 0;
  return align === 'right' ? PRINT_WIDTH - width : Math.floor((PRINT_WIDTH - width) / 2);
}
