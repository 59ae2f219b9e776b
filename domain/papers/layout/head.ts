import type { HeadBlock } from '../document.ts';
import type { Measure, PaperFont, PlacedItem } from './placed.ts';
import { AGENCY, BODY, baselineOf, lineHeight, NOTE, TITLE, WIDTH } from './sheet.ts';
import type { ShapedBlock } from './strips.ts';
import { wrapText } from './wrap.ts';

const QR = 210;
const BARCODE_WIDTH = 560;
const BARCODE_HEIGHT = 85;
/** From the foot of the bars to the middle of the digits' line. */
const DIGITS = 6;

/** Agency and title in the middle, QR in the right corner, the bars below the title at the left. */
export function shapeHead(block: HeadBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const items: PlacedItem[] = [];
  const width = block.code === null ? WIDTH : WIDTH - 2 * (QR + 30);
  let y = 0;
  const centre = (text: string, font: PaperFont, size: number): void => {
    for (const line of wrapText(text, size, { font, width }, measure)) {
      const x = (WIDTH - line.width) / 2;
      items.push({ kind: 'text', x, y: baselineOf(y, size), text: line.text, font, size, spread: 0 });
      y += lineHeight(size);
    }
  };
  if (block.agency !== '') centre(block.agency, 'song', AGENCY);
  centre(block.title, 'hei', TITLE);
  if (block.mark !== null) centre(block.mark, 'hei', BODY);
  if (block.code !== null) {
    items.push({ kind: 'qr', x: WIDTH - QR, y: 0, size: QR, data: block.qr ?? block.code });
    y += 10;
    items.push({ kind: 'barcode', x: 0, y, width: BARCODE_WIDTH, height: BARCODE_HEIGHT, data: block.code });
    y += BARCODE_HEIGHT + DIGITS;
    const x = (BARCODE_WIDTH - measure(block.code, 'song', NOTE)) / 2;
    items.push({ kind: 'text', x, y: baselineOf(y - 10, NOTE), text: block.code, font: 'song', size: NOTE, spread: 0 });
    y = Math.max(y + lineHeight(NOTE) - 10, QR);
  }
  return { strips: [{ height: y, items }], gap: 0, withNext: true };
}

/** A larger code in the middle, its purpose below. */
export function shapeQr(data: string, caption: string, measure: Measure): Omit<ShapedBlock, 'block'> {
  const size = 320;
  const x = (WIDTH - measure(caption, 'song', NOTE)) / 2;
  const items: PlacedItem[] = [
    { kind: 'qr', x: (WIDTH - size) / 2, y: 0, size, data },
    { kind: 'text', x, y: baselineOf(size + 10, NOTE), text: caption, font: 'song', size: NOTE, spread: 0 },
  ];
  return { strips: [{ height: size + 10 + lineHeight(NOTE), items }], gap: 20 };
}

/** Modules of Code 128 round the data: start, check, stop and the quiet zones at both sides. */
const MODULES_AROUND = 55;
const MODULES_OF_CHARACTER = 11;
/** Wide enough for a hand scanner (0.33 mm is usual), as long as the page has room. */
const MODULE = 4;

/** The bars in the middle, what they say below. @param data printable ASCII */
export function shapeBarcode(data: string, caption: string, measure: Measure): Omit<ShapedBlock, 'block'> {
  const width = Math.min(WIDTH, (MODULES_AROUND + data.length * MODULES_OF_CHARACTER) * MODULE);
  const height = 140;
  const items: PlacedItem[] = [{ kind: 'barcode', x: (WIDTH - width) / 2, y: 0, width, height, data }];
  let y = height + 6;
  for (const line of wrapText(caption, BODY, { font: 'hei', width: WIDTH }, measure)) {
    const x = (WIDTH - line.width) / 2;
    items.push({ kind: 'text', x, y: baselineOf(y, BODY), text: line.text, font: 'hei', size: BODY, spread: 0 });
    y += lineHeight(BODY);
  }
  return { strips: [{ height: y, items }], gap: 20 };
}
