import type { ListBlock, SealBlock, SignaturesBlock, TextBlock } from '../document.ts';
import { chineseDate } from '../parts/words.ts';
import type { Measure, PaperFont, PlacedItem } from './placed.ts';
import { BODY, baselineOf, CELL, lineHeight, NOTE, POINT, WIDTH } from './sheet.ts';
import type { ShapedBlock, Strip } from './strips.ts';
import { type WrappedLine, wrapText } from './wrap.ts';

/** Wider gaps than this look torn: such a line stays ragged. In parts of the type size. */
const WIDEST_SLACK = 4;

interface LineBox {
  x: number;
  width: number;
  font: PaperFont;
  size: number;
  justify: boolean;
}

function lineStrip(line: WrappedLine, { x, width, font, size, justify }: LineBox): Strip {
  const height = lineHeight(size);
  if (line.text === '') return { height, items: [] };
  const slack = width - line.width;
  const gaps = [...line.text].length - 1;
  const spread = justify && !line.last && gaps > 0 && slack < WIDEST_SLACK * size * POINT ? slack / gaps : 0;
  return {
    height,
    items: [{ kind: 'text', x, y: baselineOf(0, size), text: line.text, font, size, spread: Math.max(0, spread) }],
  };
}

export function shapeText({ text, style, withNext }: TextBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const font = style === 'heading' ? 'hei' : 'song';
  const size = style === 'note' ? NOTE : style === 'number' ? CELL : BODY;
  const indent = style === 'body' ? 2 * size * POINT : 0;
  const justify = style === 'body' || style === 'note';
  const lines = wrapText(text, size, { font, width: WIDTH, indent }, measure);
  const strips = lines.map((line, index) => {
    const shift = index === 0 ? indent : 0;
    const x = style === 'number' ? WIDTH - line.width : shift;
    return lineStrip(line, { x, width: WIDTH - shift, font, size, justify });
  });
  const gap = style === 'heading' ? 40 : style === 'body' ? 6 : 20;
  return { strips, gap, withNext: withNext ?? (style === 'heading' || style === 'addressee') };
}

/** Numbers stand out, the lines of an item under each other. */
export function shapeList({ items, numbering }: ListBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const labels = items.map((_, index) =>
    numbering === 'decimal' ? `${index + 1}.` : `（${chineseNumber(index + 1)}）`,
  );
  const hang = 20 + Math.max(0, ...labels.map((label) => measure(label, 'song', BODY)));
  const left = numbering === 'decimal' ? BODY * POINT : 0;
  const width = WIDTH - left - hang;
  const strips = items.flatMap((item, index) =>
    wrapText(item, BODY, { font: 'song', width }, measure).map((line, place) => {
      const strip = lineStrip(line, { x: left + hang, width, font: 'song', size: BODY, justify: true });
      if (place > 0) return strip;
      const label: PlacedItem = {
        kind: 'text',
        x: left,
        y: baselineOf(0, BODY),
        text: labels[index] ?? '',
        font: 'song',
        size: BODY,
        spread: 0,
      };
      return { ...strip, items: [label, ...strip.items] };
    }),
  );
  return { strips, gap: 6 };
}

const DIGITS = '零一二三四五六七八九';

/** 1 → 一, 12 → 十二, 60 → 六十; beyond 99 in figures. */
function chineseNumber(value: number): string {
  if (value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const front = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return front + (ones === 0 ? '' : DIGITS[ones]);
}

const SIGNATURE_HEIGHT = 120;

/** A label and a line to write on, one or two beside each other. */
export function shapeSignatures({ entries, perRow }: SignaturesBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const width = WIDTH / perRow;
  const strips: Strip[] = [];
  for (let start = 0; start < entries.length; start += perRow) {
    const row = entries
      .slice(start, start + perRow)
      .map(({ label, name }) =>
        wrapText(`${label}：${name ?? ''}`, CELL, { font: 'song', width: width - 40 }, measure),
      );
    const height = Math.max(SIGNATURE_HEIGHT, 30 + Math.max(...row.map((lines) => lines.length)) * lineHeight(CELL));
    strips.push({ height, items: row.flatMap((lines, column) => signature(lines, column * width, width, height)) });
  }
  return { strips, gap: 20, together: entries.length <= 8 };
}

/** The label at the foot of its box, and the line to write on after its last word. */
function signature(lines: readonly WrappedLine[], x: number, width: number, height: number): PlacedItem[] {
  const top = height - lines.length * lineHeight(CELL);
  const texts = lines.map((line, index): PlacedItem => {
    const y = baselineOf(top + index * lineHeight(CELL), CELL);
    return { kind: 'text', x, y, text: line.text, font: 'song', size: CELL, spread: 0 };
  });
  const from = x + (lines.at(-1)?.width ?? 0) + 10;
  const y = height - 10;
  return [
    ...texts,
    { kind: 'line', x1: from, y1: y, x2: Math.max(from, x + width - 60), y2: y, width: 2, dashed: false },
  ];
}

/** Room for a round seal of 42 mm over agency and date. */
const SEAL_ROOM = 170;

export function shapeSeal({ agency, date }: SealBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const day = date === '' ? '　　　　年　　月　　日' : chineseDate(date);
  const texts = [`${agency}（章）`, day];
  const lines = texts.flatMap((text) => wrapText(text, BODY, { font: 'song', width: WIDTH / 2 }, measure));
  const widest = Math.max(...lines.map((line) => line.width));
  const middle = WIDTH - Math.max(widest, WIDTH / 3) / 2;
  const items = lines.map((line, index): PlacedItem => {
    const y = baselineOf(SEAL_ROOM + index * lineHeight(BODY), BODY);
    return { kind: 'text', x: middle - line.width / 2, y, text: line.text, font: 'song', size: BODY, spread: 0 };
  });
  return { strips: [{ height: SEAL_ROOM + lines.length * lineHeight(BODY), items }], gap: 0 };
}

export function shapeCut(text: string, measure: Measure): Omit<ShapedBlock, 'block'> {
  const width = measure(text, 'song', NOTE);
  const height = lineHeight(NOTE);
  const start = (WIDTH - width) / 2;
  const dash = (x1: number, x2: number): PlacedItem => ({
    kind: 'line',
    x1,
    y1: height / 2,
    x2,
    y2: height / 2,
    width: 2,
    dashed: true,
  });
  const items: PlacedItem[] = [
    dash(0, start - 20),
    { kind: 'text', x: start, y: baselineOf(0, NOTE), text, font: 'song', size: NOTE, spread: 0 },
    dash(start + width + 20, WIDTH),
  ];
  return { strips: [{ height, items }], gap: 60, withNext: true };
}
