import type { FieldRow, FieldsBlock, TableBlock } from '../document.ts';
import type { Measure, PaperFont, PlacedItem } from './placed.ts';
import { baselineOf, CELL, lineHeight, NOTE, WIDTH } from './sheet.ts';
import type { ShapedBlock, Strip } from './strips.ts';
import { type FittedText, fitText } from './wrap.ts';

/** Space between a border and the text. */
const PAD = 16;
const PAD_Y = 12;
const BORDER = 2.5;
const LABEL_WIDTH = 300;
const LEAST_ROW = 84;
/** Before and after a table. */
const GAP = 36;

interface Cell {
  width: number;
  align: 'left' | 'centre' | 'right';
  font: PaperFont;
  fitted: FittedText;
}

/** Labels and values in a bordered table; a section row goes over the whole width. */
export function shapeFields(block: FieldsBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const strips = block.rows.map((row) => ({ ...rowStrip(fieldCells(row, measure)), withNext: 'section' in row }));
  return { strips, gap: GAP, after: GAP };
}

function fieldCells(row: FieldRow, measure: Measure): Cell[] {
  if ('section' in row) return [makeCell(row.section, WIDTH, 'hei', 'left', CELL, false, row.section, measure)];
  const pair = WIDTH / row.length;
  return row.flatMap(({ label, value, keep = false }) => [
    makeCell(label, LABEL_WIDTH, 'hei', 'centre', CELL, false, label, measure),
    makeCell(value, pair - LABEL_WIDTH, 'song', 'left', CELL, keep, label, measure),
  ]);
}

/** A table with the same columns in every row and its header on every page. */
export function shapeTable(block: TableBlock, measure: Measure): Omit<ShapedBlock, 'block'> {
  const sum = block.columns.reduce((total, column) => total + column.weight, 0);
  const widths = block.columns.map((column) => (column.weight / sum) * WIDTH);
  const size = block.small ? NOTE : CELL;
  const header = rowStrip(
    block.columns.map(({ title }, index) =>
      makeCell(title, widths[index] ?? 0, 'hei', 'centre', size, false, title, measure),
    ),
  );
  const strips = block.rows.map((row) =>
    rowStrip(
      block.columns.map(({ title, align = 'left', keep = false }, index) =>
        makeCell(row[index] ?? '', widths[index] ?? 0, 'song', align, size, keep, title, measure),
      ),
    ),
  );
  if (block.total !== undefined) {
    strips.push(rowStrip([makeCell(block.total, WIDTH, 'song', 'left', CELL, false, block.total, measure)]));
  }
  return { strips, header: { height: header.height, items: header.items }, gap: GAP, after: GAP };
}

function makeCell(
  text: string,
  width: number,
  font: PaperFont,
  align: Cell['align'],
  size: number,
  keep: boolean,
  place: string,
  measure: Measure,
): Cell {
  return { width, align, font, fitted: fitText(text, size, { font, width: width - 2 * PAD, keep, place }, measure) };
}

/** One row with its borders; between its lines it may be cut. */
function rowStrip(cells: readonly Cell[]): Strip {
  const inner = Math.max(...cells.map(({ fitted }) => fitted.lines.length * lineHeight(fitted.size)));
  const height = Math.max(LEAST_ROW, inner + 2 * PAD_Y);
  const items: PlacedItem[] = [...borders(cells, height)];
  let x = 0;
  for (const cell of cells) {
    items.push(...cellTexts(cell, x, height));
    x += cell.width;
  }
  return { height, items, split: (room) => splitRow(cells, room) };
}

function cellTexts({ width, align, font, fitted }: Cell, x: number, height: number): PlacedItem[] {
  const { size, lines } = fitted;
  const top = (height - lines.length * lineHeight(size)) / 2;
  return lines
    .map((line, index): PlacedItem => {
      const free = width - 2 * PAD - line.width;
      const shift = align === 'left' ? 0 : align === 'right' ? free : free / 2;
      const y = baselineOf(top + index * lineHeight(size), size);
      return { kind: 'text', x: x + PAD + shift, y, text: line.text, font, size, spread: 0 };
    })
    .filter((item) => item.kind !== 'text' || item.text !== '');
}

function borders(cells: readonly Cell[], height: number): PlacedItem[] {
  const line = (x1: number, y1: number, x2: number, y2: number): PlacedItem => ({
    kind: 'line',
    x1,
    y1,
    x2,
    y2,
    width: BORDER,
    dashed: false,
  });
  const edges = [0];
  for (const cell of cells) edges.push((edges.at(-1) ?? 0) + cell.width);
  const right = edges.at(-1) ?? WIDTH;
  return [line(0, 0, right, 0), line(0, height, right, height), ...edges.map((x) => line(x, 0, x, height))];
}

/** As many lines of every cell as the room holds, and the rest as a second row of the same columns. */
function splitRow(cells: readonly Cell[], room: number): [Strip, Strip] | null {
  const takes = cells.map(({ fitted }) => Math.floor((room - 2 * PAD_Y) / lineHeight(fitted.size)));
  if (room < LEAST_ROW || takes.some((take) => take < 1)) return null;
  const part = (cut: (cell: Cell, take: number) => Cell['fitted']['lines']): Cell[] =>
    cells.map((cell, index) => ({
      ...cell,
      fitted: { ...cell.fitted, lines: cut(cell, takes[index] ?? 0) },
    }));
  return [
    rowStrip(part((cell, take) => cell.fitted.lines.slice(0, take))),
    rowStrip(part((cell, take) => cell.fitted.lines.slice(take))),
  ];
}
