/**
 * A slip as data: the same document is previewed in the window and encoded for the ticket printer, so what the clerk
 * sees is what comes out.
 */

export type SlipBlock =
  | { kind: 'text'; text: string; align: 'left' | 'centre'; size: 1 | 2; bold: boolean }
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

/** Half-width columns a text takes: East Asian characters two, others one. */
export function columnsOf(text: string): number {
  let width = 0;
  for (const char of text) width += isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/** Breaks a text into lines of at most `columns` half-width columns; never cuts a character and loses none. */
export function wrapColumns(text: string, columns: number): string[] {
  if (columns < 2) throw new RangeError(`columns: ${columns}`);
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const char of text) {
    const step = isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
    if (char === '\n' || width + step > columns) {
      lines.push(line);
      line = '';
      width = 0;
      if (char === '\n') continue;
    }
    line += char;
    width += step;
  }
  lines.push(line);
  return lines;
}

/** The ticket printers' ROM fonts give every character outside ASCII a full-width cell. */
function isWide(codePoint: number): boolean {
  return codePoint > 0x7e;
}
