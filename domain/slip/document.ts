/**
 * A slip as data: the same document is previewed in the window and encoded for the ticket printer, so what the clerk
 * sees is what comes out.
 */

/** How many times as large as usual; 4 is for the number of a ticket, read at arm's length. */
export type SlipSize = 1 | 2 | 4;

export type SlipBlock =
  | { kind: 'text'; text: string; align: 'left' | 'centre'; size: SlipSize; bold: boolean }
  /** Label and value in two columns; a long value wraps under itself. */
  | { kind: 'field'; label: string; value: string }
  | { kind: 'rule' }
  /** Code 128. `text` is printed under the bars. */
  | { kind: 'barcode'; data: string; text: string }
  | { kind: 'qr'; data: string }
  | { kind: 'feed'; lines: number };

export interface SlipDocument {
  title: string;
  /** Half-width columns of the paper: 48 on 80 mm. */
  columns: number;
  copies: number;
  blocks: SlipBlock[];
}

/** Half-width columns a text takes: ASCII characters one, all others two. */
export function columnsOf(text: string): number {
  let width = 0;
  for (const char of text) width += isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/**
 * Breaks a text into lines of at most `columns` half-width columns. Never cuts a character and loses none (line ends in
 * the text become line ends). A number or Latin word is kept whole when it fits a line: `单元1` + `201室` would read as
 * another flat.
 * @throws RangeError below 2 columns, where no Chinese character fits
 */
export function wrapColumns(text: string, columns: number): string[] {
  if (columns < 2) throw new RangeError(`columns: ${columns}`);
  const lines: string[] = [];
  let line = '';
  let width = 0;
  const breakLine = (): void => {
    lines.push(line);
    line = '';
    width = 0;
  };
  for (const piece of splitPieces(text, columns)) {
    if (piece === '\n') {
      breakLine();
      continue;
    }
    const step = columnsOf(piece);
    if (width + step > columns) breakLine();
    line += piece;
    width += step;
  }
  lines.push(line);
  return lines;
}

/**
 * A word of letters, digits and what joins them in numbers (`1-201`, `0.5`, `2026/03`) or one character, together with
 * brackets that open before it and punctuation that closes after it, which must not stand alone at a line's end or start.
 */
const PIECE = /\n|[（《〈「『【(]*(?:[0-9A-Za-z*]+(?:[-./][0-9A-Za-z*]+)*|[^\n])[，。、；：！？）》〉」』】)…]*/gu;

function splitPieces(text: string, columns: number): string[] {
  const pieces = text.match(PIECE) ?? [];
  return pieces.flatMap((piece) => (columnsOf(piece) > columns ? [...piece] : [piece]));
}

/** The ticket printers' ROM fonts give every character outside ASCII a full-width cell. */
function isWide(codePoint: number): boolean {
  return codePoint > 0x7e;
}
