import type { Bitmap } from '../../paper/raster.ts';
import { cutIntoBands, type Run } from './bands.ts';
import { type EscpOptions, EscpPage } from './page.ts';
import { DefinedCharacters } from './romText.ts';

/** A text in the printer's own type; `x`, `y` in 0.1 mm: the top left corner of its first cell. */
export interface RomText {
  x: number;
  y: number;
  text: string;
}

export interface EscpContent {
  /** Drawn by us. */
  dots?: Bitmap | undefined;
  dpiX: 180 | 360;
  texts?: readonly RomText[] | undefined;
  /** Dots of the characters the printer does not have: 24 × 24. */
  draw?: ((character: string) => Bitmap) | undefined;
}

/** What the head prints without the paper moving. */
interface Pass {
  inches: number;
  print(page: EscpPage): void;
}

const INCH = 254;
/** Texts that differ less are one pass, 0.1 mm (devices.md §3.2). */
const SAME_PASS = 2;

/**
 * One page as a job: from top to bottom, whatever it is made of.
 * @param height of the form in 0.1 mm
 * @throws RangeError when more characters have to be defined than a printer holds
 */
export function encodePage(content: EscpContent, height: number, options: EscpOptions): Uint8Array {
  const { dots, dpiX, texts = [], draw } = content;
  const page = new EscpPage(options, height);
  const defined = new DefinedCharacters(texts.map(({ text }) => text));
  for (const [character, code] of defined.all) {
    if (!draw) throw new RangeError('a character the printer does not have');
    page.writer.defineCharacter(code, columnsOf(draw(character)));
  }
  const passes = [...(dots ? imagePasses(dots, dpiX, options) : []), ...textPasses(texts, defined)];
  for (const pass of passes.sort((a, b) => a.inches - b.inches)) {
    page.moveDown(pass.inches);
    pass.print(page);
  }
  return page.finish();
}

function imagePasses(bitmap: Bitmap, dpiX: 180 | 360, options: EscpOptions): Pass[] {
  const grid = columnGrid(dpiX, options);
  return cutIntoBands(bitmap).map(({ row, runs: found }) => ({
    inches: row / 180,
    print: (page) => {
      const runs = found.map((run) => startOnGrid(run, grid));
      // At 360 an inch a needle cannot strike two columns in a row: the even ones and the odd ones are a pass each.
      const turns = dpiX === 360 ? [everySecond(runs, 0), everySecond(runs, 1)] : [runs];
      for (const turn of turns.filter((each) => each.length > 0)) {
        for (const { column, columns } of turn) {
          page.moveRight(column / dpiX);
          page.writer.image(dpiX === 360 ? 40 : 39, columns);
        }
        page.writer.carriageReturn();
      }
    },
  }));
}

/** At which columns the head can be put: a picture that began between two would be moved. */
function columnGrid(dpiX: 180 | 360, { dialect, fineSteps }: EscpOptions): number {
  if (dialect === 'escp2') return 1;
  return dpiX / (fineSteps ? 180 : 60);
}

function startOnGrid({ column, columns }: Run, grid: number): Run {
  const lead = column % grid;
  return lead === 0 ? { column, columns } : { column: column - lead, columns: padded(columns, lead) };
}

function padded(columns: Uint8Array, lead: number): Uint8Array {
  const all = new Uint8Array(columns.length + lead * 3);
  all.set(columns, lead * 3);
  return all;
}

function textPasses(texts: readonly RomText[], defined: DefinedCharacters): Pass[] {
  const rows: { y: number; texts: RomText[] }[] = [];
  for (const text of [...texts].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && text.y - row.y < SAME_PASS) row.texts.push(text);
    else rows.push({ y: text.y, texts: [text] });
  }
  return rows.map((row) => ({
    inches: row.y / INCH,
    print: (page) => {
      for (const { x, text } of row.texts.sort((a, b) => a.x - b.x)) {
        page.moveRight(x / INCH);
        page.writer.chinese(defined.encode(text));
      }
    },
  }));
}

function everySecond(runs: readonly Run[], parity: 0 | 1): Run[] {
  return runs.flatMap(({ column, columns }) => {
    const kept = columns.slice();
    for (let at = 0; at < kept.length / 3; at += 1) {
      if ((column + at) % 2 !== parity) kept.fill(0, at * 3, at * 3 + 3);
    }
    return kept.some((byte) => byte !== 0) ? [{ column, columns: kept }] : [];
  });
}

/** 24 columns of three bytes, the top dot in the highest bit. */
function columnsOf({ width, height, dots }: Bitmap): Uint8Array {
  if (width !== 24 || height !== 24) throw new RangeError('a character is 24 × 24 dots');
  const columns = new Uint8Array(72);
  for (let at = 0; at < 24 * 24; at += 1) {
    const [column, row] = [Math.floor(at / 24), at % 24];
    if (dots[row * 24 + column] === 1) columns[at >> 3] = (columns[at >> 3] ?? 0) | (0x80 >> (at % 8));
  }
  return columns;
}
