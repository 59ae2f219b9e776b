import { type SlipDocument, type SlipSize, wrapColumns } from '../../../domain/slip/document.ts';
import { layOutSlip, type SlipPiece } from '../../../domain/slip/layout.ts';
import type { DotImage } from '../../paper/textImage.ts';
import { encodeCode128 } from './code128.ts';
import { type Drawn, keyOf, NOTHING_DRAWN, qrModule } from './drawing.ts';
import { EscposEncoder } from './encoder.ts';
import { GETA_MARK } from './text.ts';

/** A half-width character of the 24-dot font is 12 dots wide: 48 columns are 576 dots, 32 are 384. */
const DOTS_PER_COLUMN = 12;
const BARCODE_HEIGHT = 64;
const QUIET_MODULES = 20;
/** What the usual line spacing leaves between two lines of the 24-dot font. */
const LINE_GAP = 6;
/** From the print head to past the cutter. */
const FEED_TO_CUTTER = 4;

export interface SlipJob {
  bytes: Uint8Array;
  /** Distinct `U+20BB7`, for the clerk's screen. */
  unprintable: string[];
}

export interface SlipJobOptions {
  /** Half-width columns of the paper in the printer; a document laid out for wider paper is wrapped to it. */
  columns: number;
  /** Four characters the printer is to send back, null when it cannot. */
  processId: string | null;
  drawn?: Drawn | undefined;
}

/**
 * A slip as the bytes of one job: every copy whole and cut off, then the request for confirmation.
 * @throws RangeError for barcode data that is not ASCII or does not fit the paper: a mistake of the slip's builder
 */
export function encodeSlip(document: SlipDocument, options: SlipJobOptions): SlipJob {
  const columns = Math.min(document.columns, options.columns);
  const pieces = layOutSlip(document, columns);
  const drawn = options.drawn ?? NOTHING_DRAWN;
  const encoder = new EscposEncoder().initialise();
  let unprintable: readonly string[] = [];
  for (let copy = 0; copy < Math.max(1, document.copies); copy += 1) {
    const before = encoder.unprintable.length;
    for (const piece of pieces) writePiece(encoder, piece, columns, drawn);
    unprintable = encoder.unprintable.slice(before);
    if (unprintable.length > 0) {
      writeLines(encoder, wrapColumns(`${GETA_MARK} 处请手写：${unprintable.join(' ')}`, columns), drawn);
    }
    encoder.feed(FEED_TO_CUTTER).cut('partial');
  }
  if (options.processId !== null) encoder.requestProcessId(options.processId);
  return { bytes: encoder.bytes(), unprintable: [...new Set(unprintable)] };
}

function writePiece(encoder: EscposEncoder, piece: SlipPiece, columns: number, drawn: Drawn): void {
  switch (piece.kind) {
    case 'text':
      if (piece.align === 'left' && piece.size === 1 && !piece.bold) {
        writeLines(encoder, piece.lines, drawn);
        return;
      }
      encoder.align(piece.align).bold(piece.bold).size(piece.size, piece.size);
      writeLines(encoder, piece.lines, drawn, piece.size);
      encoder.size(1, 1).bold(false).align('left');
      return;
    case 'rule':
      writeLine(encoder, '-'.repeat(piece.columns), drawn);
      return;
    case 'barcode':
      encoder
        .align('centre')
        .barcode(piece.data, BARCODE_HEIGHT, chooseModuleWidth(piece.data, columns * DOTS_PER_COLUMN));
      writeLines(encoder, piece.lines, drawn);
      encoder.align('left');
      return;
    case 'qr':
      encoder.align('centre');
      writeQr(encoder, piece.data, drawn.codes.get(piece.data));
      encoder.align('left');
      return;
    case 'feed':
      encoder.feed(piece.lines);
  }
}

function writeLines(encoder: EscposEncoder, lines: readonly string[], drawn: Drawn, magnify: SlipSize = 1): void {
  for (const line of lines) writeLine(encoder, line, drawn, magnify);
}

function writeQr(encoder: EscposEncoder, data: string, image: DotImage | undefined): void {
  if (image) encoder.raster(image);
  else encoder.qr(data, qrModule(data), 'M');
}

/** Chinese mode only as long as the line: the next command may be for an 8-bit code page. */
function writeLine(encoder: EscposEncoder, line: string, drawn: Drawn, magnify: SlipSize = 1): void {
  const image = drawn.lines.get(keyOf(line, magnify));
  if (image) {
    encoder.raster(image).feedDots(LINE_GAP * magnify);
    return;
  }
  const chinese = /[^\x20-\x7e]/.test(line);
  if (chinese) encoder.chinese();
  encoder.line(line);
  if (chinese) encoder.western();
}

/** Up to 3 dots (0.375 mm), which every hand scanner reads; 2 on narrow paper. */
function chooseModuleWidth(data: string, dots: number): number {
  const modules = encodeCode128(data).modules + QUIET_MODULES;
  const width = Math.min(3, Math.floor(dots / modules));
  if (width < 2) throw new RangeError(`barcode of ${modules} modules on ${dots} dots`);
  return width;
}
