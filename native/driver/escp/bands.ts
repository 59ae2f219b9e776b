import type { Bitmap } from '../../paper/raster.ts';

/** Needles of the head, one above the other at 180 an inch. */
export const NEEDLES = 24;
/** Fewer empty columns than this are sent rather than jumped over. */
const GAP = 8;
/**
 * The longest picture in one command. A printer whose line broke inside a picture takes what comes next for the rest of
 * it; the shorter a picture, the less has to be sent to bring it back (see `resynchronise`).
 */
export const LONGEST_RUN = 240;

/** Columns side by side, three bytes each, the top needle in the highest bit. */
export interface Run {
  column: number;
  columns: Uint8Array;
}

/** One pass of the head. */
export interface Band {
  /** First row of the bitmap under the top needle. */
  row: number;
  runs: Run[];
}

/**
 * A page in passes from top to bottom: each begins at the first row that has ink below the one before, so that fields on
 * one line are one pass and empty paper is fed, not printed.
 */
export function cutIntoBands(bitmap: Bitmap): Band[] {
  const { width, dots } = bitmap;
  const bands: Band[] = [];
  for (let ink = dots.indexOf(1); ink >= 0; ) {
    const row = Math.floor(ink / width);
    bands.push({ row, runs: cutIntoRuns(bitmap, row) });
    ink = dots.indexOf(1, (row + NEEDLES) * width);
  }
  return bands;
}

function cutIntoRuns(bitmap: Bitmap, row: number): Run[] {
  const columns = readColumns(bitmap, row);
  const isBlank = (column: number): boolean => {
    const at = column * 3;
    return columns[at] === 0 && columns[at + 1] === 0 && columns[at + 2] === 0;
  };
  const runs: Run[] = [];
  let start = -1;
  let last = -1;
  const end = (): void => {
    if (start >= 0) runs.push({ column: start, columns: columns.slice(start * 3, (last + 1) * 3) });
    start = -1;
  };
  for (let column = 0; column < bitmap.width; column += 1) {
    if (isBlank(column)) continue;
    if (start >= 0 && (column - last > GAP || column - start >= LONGEST_RUN)) end();
    if (start < 0) start = column;
    last = column;
  }
  end();
  return runs;
}

function readColumns({ width, height, dots }: Bitmap, row: number): Uint8Array {
  const columns = new Uint8Array(width * 3);
  const rows = Math.min(NEEDLES, height - row);
  for (let needle = 0; needle < rows; needle += 1) {
    const from = (row + needle) * width;
    const bit = 0x80 >> (needle % 8);
    const place = needle >> 3;
    for (let column = 0; column < width; column += 1) {
      if (dots[from + column] === 1) columns[column * 3 + place] = (columns[column * 3 + place] ?? 0) | bit;
    }
  }
  return columns;
}
