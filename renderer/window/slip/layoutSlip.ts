import { columnsOf, type SlipDocument, wrapColumns } from '../../../domain/slip/document.ts';

/** A slip laid out in printer dots: 12 dots a column (576 on 80 mm paper), one text line 24 dots plus 6 of leading. */
export const DOTS_PER_COLUMN = 12;
export const LINE_DOTS = 30;
/** Columns of a field's label; the longest (申请人签字) takes ten. */
export const LABEL_COLUMNS = 12;

const QR_DOTS = 192;
const BARCODE_DOTS = 80;

export type SlipPiece =
  /** `y` is the top of the line. */
  | { kind: 'text'; y: number; size: 1 | 2; bold: boolean; runs: SlipRun[] }
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
  pieces: SlipPiece[];
  /** The same as plain lines: for screen readers and for tests. */
  lines: string[];
}

export function layoutSlip(document: SlipDocument): SlipLayout {
  const width = document.columns * DOTS_PER_COLUMN;
  const pieces: SlipPiece[] = [];
  const lines: string[] = [];
  let y = 0;

  const addLine = (text: string, atColumn: number, size: 1 | 2, bold: boolean): void => {
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
    pieces.push({ kind: 'text', y, size, bold, runs });
    lines.push(text);
    y += LINE_DOTS * size;
  };

  for (const block of document.blocks) {
    switch (block.kind) {
      case 'text':
        for (const line of wrapColumns(block.text, Math.floor(document.columns / block.size))) {
          const free = document.columns - columnsOf(line) * block.size;
          addLine(line, block.align === 'centre' ? Math.floor(free / 2) : 0, block.size, block.bold);
        }
        break;
      case 'field': {
        const top = y;
        const values = wrapColumns(block.value, document.columns - LABEL_COLUMNS);
        addLine(block.label, 0, 1, false);
        y = top;
        lines.pop();
        for (const value of values) addLine(value, LABEL_COLUMNS, 1, false);
        lines.splice(lines.length - values.length, values.length, `${block.label} ${block.value}`);
        break;
      }
      case 'rule':
        pieces.push({ kind: 'rule', y: y + LINE_DOTS / 2 });
        y += LINE_DOTS;
        break;
      case 'barcode':
        pieces.push({ kind: 'barcode', y: y + 6, height: BARCODE_DOTS, data: block.data });
        y += BARCODE_DOTS + 12;
        addLine(block.text, Math.floor((document.columns - columnsOf(block.text)) / 2), 1, false);
        break;
      case 'qr':
        pieces.push({ kind: 'qr', y: y + 12, x: (width - QR_DOTS) / 2, dots: QR_DOTS, data: block.data });
        y += QR_DOTS + 24;
        break;
      case 'feed':
        y += block.lines * LINE_DOTS;
        break;
    }
  }
  return { width, height: y, pieces, lines };
}
