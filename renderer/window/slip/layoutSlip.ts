import { columnsOf, type SlipBlock, type SlipDocument, type SlipSize } from '../../../domain/slip/document.ts';
import { layOutSlip } from '../../../domain/slip/layout.ts';

/** A slip laid out in printer dots: 12 dots a column (576 on 80 mm paper), one text line 24 dots plus 6 of leading. */
export const DOTS_PER_COLUMN = 12;
export const LINE_DOTS = 30;

const QR_DOTS = 192;
const BARCODE_DOTS = 80;

export type DrawnPiece =
  /** `y` is the top of the line. */
  | { kind: 'text'; y: number; size: SlipSize; bold: boolean; runs: SlipRun[] }
  | { kind: 'rule'; y: number }
  | { kind: 'qr'; y: number; x: number; dots: number; data: string }
  | { kind: 'barcode'; y: number; height: number; data: string };

/** Neighbouring characters of one width: the printer's two ROM fonts. `xs` is the left edge per UTF-16 unit, in dots. */
export interface SlipRun {
  wide: boolean;
  text: string;
  xs: number[];
}

export interface SlipLayout {
  width: number;
  height: number;
  pieces: DrawnPiece[];
}

/** Places the lines of the one layout (domain/slip/layout.ts), which the printer gets too, on paper of dots. */
export function layoutSlip(document: SlipDocument): SlipLayout {
  const width = document.columns * DOTS_PER_COLUMN;
  const pieces: DrawnPiece[] = [];
  let y = 0;

  const addLine = (text: string, align: 'left' | 'centre', size: SlipSize, bold: boolean): void => {
    const free = document.columns - columnsOf(text) * size;
    const runs = placeCharacters(text, align === 'centre' ? Math.floor(free / 2) : 0, size);
    pieces.push({ kind: 'text', y, size, bold, runs });
    y += LINE_DOTS * size;
  };

  for (const piece of layOutSlip(document)) {
    switch (piece.kind) {
      case 'text':
        for (const line of piece.lines) addLine(line, piece.align, piece.size, piece.bold);
        break;
      case 'rule':
        pieces.push({ kind: 'rule', y: y + LINE_DOTS / 2 });
        y += LINE_DOTS;
        break;
      case 'barcode':
        pieces.push({ kind: 'barcode', y: y + 6, height: BARCODE_DOTS, data: piece.data });
        y += BARCODE_DOTS + 12;
        for (const line of piece.lines) addLine(line, 'centre', 1, false);
        break;
      case 'qr':
        pieces.push({ kind: 'qr', y: y + 12, x: (width - QR_DOTS) / 2, dots: QR_DOTS, data: piece.data });
        y += QR_DOTS + 24;
        break;
      case 'feed':
        y += piece.lines * LINE_DOTS;
        break;
    }
  }
  return { width, height: y, pieces };
}

/** Runs of one width, each character on its column. */
function placeCharacters(text: string, atColumn: number, size: SlipSize): SlipRun[] {
  const runs: SlipRun[] = [];
  let column = atColumn;
  for (const char of text) {
    const wide = columnsOf(char) === 2;
    let run = runs.at(-1);
    if (run?.wide !== wide) {
      run = { wide, text: '', xs: [] };
      runs.push(run);
    }
    run.text += char;
    // SVG positions count UTF-16 units: a rare character beyond the BMP takes two entries.
    for (let unit = 0; unit < char.length; unit++) run.xs.push(column * DOTS_PER_COLUMN);
    column += columnsOf(char) * size;
  }
  return runs;
}

/** The slip read aloud: one text per block, values whole. */
export function readSlip(document: SlipDocument): string[] {
  return document.blocks.map(readBlock).filter((text) => text !== '');
}

function readBlock(block: SlipBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'field':
      return /^_+$/.test(block.value) ? '' : `${block.label} ${block.value}`.trim();
    default:
      return '';
  }
}
