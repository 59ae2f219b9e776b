/** What a stream of printer bytes means, one step after another. Lengths are in printer dots, 8 to the millimetre. */

export type Align = 'left' | 'centre' | 'right';

export interface TextOp {
  kind: 'text';
  /** U+FFFD stands for a code the printer's ROM has no glyph for. */
  text: string;
  bold: boolean;
  /** Magnification of the font cell, 1–8. */
  width: number;
  height: number;
  underline: boolean;
  reverse: boolean;
  align: Align;
}

/** Where the next text of this line starts: from the left edge, or from where the last one ended. */
export interface MoveOp {
  kind: 'move';
  mode: 'absolute' | 'relative';
  dots: number;
}

interface FeedOp {
  kind: 'feed';
  lines: number;
  /** Paper moved, unless the printed line is higher. */
  dots: number;
}

export interface BarcodeOp {
  kind: 'barcode';
  symbology: string;
  /** What a scanner reads. */
  data: string;
  /** Code 128: start and symbol values without the checksum; empty for other symbologies. */
  values: number[];
  height: number;
  moduleWidth: number;
  hri: 'none' | 'above' | 'below' | 'both';
  align: Align;
}

export type QrLevel = 'L' | 'M' | 'Q' | 'H';

export interface QrOp {
  kind: 'qr';
  /** The payload read as UTF-8, or as GB18030 when it is not valid UTF-8. */
  data: string;
  bytes: Uint8Array;
  /** Dots to a module. */
  size: number;
  level: QrLevel;
  align: Align;
}

export interface RasterOp {
  kind: 'raster';
  /** Before scaling. */
  width: number;
  height: number;
  scaleX: number;
  scaleY: number;
  /** One bit a dot, rows padded to whole bytes, the highest bit leftmost. */
  rows: Uint8Array;
  align: Align;
}

export type Op =
  | TextOp
  | MoveOp
  | FeedOp
  | BarcodeOp
  | QrOp
  | RasterOp
  | { kind: 'cut'; partial: boolean; feed: number }
  | { kind: 'init' }
  | { kind: 'processId'; id: string }
  | { kind: 'statusRequest'; command: 'DLE EOT' | 'GS r'; n: number }
  | { kind: 'recover'; n: number }
  | { kind: 'autoStatus'; n: number }
  /** Understood, but a printer would not do it: a line-start command inside a line, a bad bar code, text never fed. */
  | { kind: 'ignored'; command: string; reason: string }
  /** Outside the subset of devices.md §2.1, or cut short. */
  | { kind: 'unknown'; bytes: Uint8Array };

/** The printed lines of text, top to bottom; a move inside a line counts as one space. Blank lines are left out. */
export function textLines(ops: readonly Op[]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const op of ops) {
    if (op.kind === 'text') line += op.text;
    else if (op.kind === 'move' && line !== '' && !line.endsWith(' ')) line += ' ';
    else if (op.kind === 'feed') {
      if (line.trim() !== '') lines.push(line);
      line = '';
    }
  }
  return lines;
}

/** Payloads of the native QR codes, in order; a code drawn as raster is only found by a scanner. */
export function qrPayloads(ops: readonly Op[]): string[] {
  return ops.flatMap((op) => (op.kind === 'qr' ? [op.data] : []));
}

/** Data of the bar codes, in order. */
export function barcodePayloads(ops: readonly Op[]): string[] {
  return ops.flatMap((op) => (op.kind === 'barcode' ? [op.data] : []));
}

/** True for what leaves a mark on paper. */
export function isMark(op: Op): boolean {
  return op.kind === 'text' || op.kind === 'barcode' || op.kind === 'qr' || op.kind === 'raster';
}
