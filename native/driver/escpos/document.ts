import { columnsOf, type SlipBlock, type SlipDocument, wrapColumns } from '../../../domain/slip/document.ts';
import { encodeCode128 } from './code128.ts';
import { EscposEncoder } from './encoder.ts';
import { cleanText, GETA_MARK } from './text.ts';

/** Half-width columns of a field's label. */
const LABEL_COLUMNS = 10;
/** A half-width character of the 24-dot font is 12 dots wide: 48 columns are 576 dots, 32 are 384. */
const DOTS_PER_COLUMN = 12;
const BARCODE_HEIGHT = 64;
const QUIET_MODULES = 20;
const QR_MODULE = 6;
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
}

/**
 * A slip as the bytes of one job: every copy whole and cut off, then the request for confirmation.
 * @throws RangeError for barcode data that is not ASCII or does not fit the paper: a mistake of the slip's builder
 */
export function encodeSlip(document: SlipDocument, options: SlipJobOptions): SlipJob {
  const columns = Math.min(document.columns, options.columns);
  const encoder = new EscposEncoder().initialise();
  let unprintable: readonly string[] = [];
  for (let copy = 0; copy < Math.max(1, document.copies); copy += 1) {
    const before = encoder.unprintable.length;
    for (const block of document.blocks) writeBlock(encoder, block, columns);
    unprintable = encoder.unprintable.slice(before);
    if (unprintable.length > 0) {
      writeWrapped(encoder, `${GETA_MARK} 处请手写：${unprintable.join(' ')}`, columns);
    }
    encoder.feed(FEED_TO_CUTTER).cut('partial');
  }
  if (options.processId !== null) encoder.requestProcessId(options.processId);
  return { bytes: encoder.bytes(), unprintable: [...new Set(unprintable)] };
}

function writeBlock(encoder: EscposEncoder, block: SlipBlock, columns: number): void {
  switch (block.kind) {
    case 'text': {
      encoder.align(block.align).bold(block.bold).size(block.size, block.size);
      writeWrapped(encoder, block.text, Math.floor(columns / block.size));
      encoder.size(1, 1).bold(false).align('left');
      return;
    }
    case 'field':
      for (const line of layOutField(block.label, block.value, columns)) writeLine(encoder, line);
      return;
    case 'rule':
      writeLine(encoder, '-'.repeat(columns));
      return;
    case 'barcode':
      encoder
        .align('centre')
        .barcode(block.data, BARCODE_HEIGHT, chooseModuleWidth(block.data, columns * DOTS_PER_COLUMN));
      writeWrapped(encoder, block.text, columns);
      encoder.align('left');
      return;
    case 'qr':
      encoder.align('centre').qr(block.data, QR_MODULE, 'M').align('left');
      return;
    case 'feed':
      encoder.feed(block.lines);
  }
}

/** Label column and value column; a label that fills its column stands on a line of its own. */
function layOutField(label: string, value: string, columns: number): string[] {
  const name = cleanText(label);
  const names = wrapColumns(name, columns);
  if (value === '') return names;
  const values = wrapColumns(cleanText(value), columns - LABEL_COLUMNS).map((line) => ' '.repeat(LABEL_COLUMNS) + line);
  if (columnsOf(name) >= LABEL_COLUMNS) return [...names, ...values];
  const [first = '', ...others] = values;
  return [name + first.slice(columnsOf(name)), ...others];
}

function writeWrapped(encoder: EscposEncoder, text: string, columns: number): void {
  for (const line of wrapColumns(cleanText(text), columns)) writeLine(encoder, line);
}

/** Chinese mode only as long as the line: the next command may be for an 8-bit code page. */
function writeLine(encoder: EscposEncoder, line: string): void {
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
