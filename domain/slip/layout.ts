import { cleanText } from './cleanText.ts';
import { columnsOf, type SlipBlock, type SlipDocument, type SlipSize, wrapColumns } from './document.ts';

/** Half-width columns of a field's label. */
export const LABEL_COLUMNS = 10;

/** What stands on the paper from top to bottom. Texts are clean, and no line is wider than the paper. */
export type SlipPiece =
  | { kind: 'text'; lines: string[]; align: 'left' | 'centre'; size: SlipSize; bold: boolean }
  | { kind: 'rule'; columns: number }
  /** `lines` stand centred under the bars. */
  | { kind: 'barcode'; data: string; lines: string[] }
  | { kind: 'qr'; data: string }
  | { kind: 'feed'; lines: number };

/**
 * The one layout of a slip: the printer encodes these lines and the page draws them, so what the clerk sees is what
 * comes out.
 * @param columns half-width columns of the paper at hand; a document made for wider paper is wrapped to it
 */
export function layOutSlip(document: SlipDocument, columns: number = document.columns): SlipPiece[] {
  const width = Math.min(document.columns, columns);
  return document.blocks.map((block) => layOutBlock(block, width));
}

function layOutBlock(block: SlipBlock, columns: number): SlipPiece {
  switch (block.kind) {
    case 'text': {
      const { kind, align, size, bold } = block;
      return { kind, lines: wrapText(block.text, Math.floor(columns / size)), align, size, bold };
    }
    case 'field': {
      const lines = layOutField(block.label, block.value, columns);
      return { kind: 'text', lines, align: 'left', size: 1, bold: false };
    }
    case 'rule':
      return { kind: 'rule', columns };
    case 'barcode':
      return { kind: 'barcode', data: block.data, lines: wrapText(block.text, columns) };
    case 'qr':
    case 'feed':
      return block;
  }
}

/** Label column and value column; a label that fills its column stands on a line of its own. */
function layOutField(label: string, value: string, columns: number): string[] {
  const name = cleanText(label);
  const names = wrapColumns(name, columns);
  if (value === '') return names;
  const values = wrapText(value, columns - LABEL_COLUMNS).map((line) => ' '.repeat(LABEL_COLUMNS) + line);
  if (columnsOf(name) >= LABEL_COLUMNS) return [...names, ...values];
  const [first = '', ...others] = values;
  return [name + first.slice(columnsOf(name)), ...others];
}

function wrapText(text: string, columns: number): string[] {
  return wrapColumns(cleanText(text), columns);
}
