import { columnsOf, type SlipDocument, type SlipSize } from '../../../domain/slip/document.ts';
import { layOutSlip } from '../../../domain/slip/layout.ts';
import type { DotImage } from '../../paper/textImage.ts';
import { encodeText } from './text.ts';

/**
 * Dots a side of a module: 0.75 mm, and 0.5 mm for what is long. The longest that is printed (412 bytes, version 15 with
 * its margin 85 modules) is 340 dots wide then, which 58 mm paper has.
 */
export function qrModule(data: string): number {
  return data.length > 100 ? 4 : 6;
}

/** What of a slip the printer cannot set itself, as pictures. What has none is printed as 〓 and reported. */
export interface Drawn {
  /** By line and magnification, see `keyOf`. */
  lines: ReadonlyMap<string, DotImage>;
  /** By data; empty where the printer makes its QR codes itself. */
  codes: ReadonlyMap<string, DotImage>;
}

/** Draws a line or a code; null where no font has a character. */
export interface Draughtsman {
  line(text: string, magnify: SlipSize, columnsOf: (text: string) => number): Promise<DotImage | null>;
  qr(data: string, module: number): DotImage;
}

export const NOTHING_DRAWN: Drawn = { lines: new Map(), codes: new Map() };

/** Whether a slip has anything the printer cannot set: only then are fonts needed. */
export function needsDrawing(document: SlipDocument, columns: number, qr: 'native' | 'raster'): boolean {
  return findUndrawable(document, columns).length > 0 || (qr === 'raster' && codesOf(document).length > 0);
}

/** Makes the pictures of one slip (devices.md §2.2, §2.3). */
export async function drawSlip(
  document: SlipDocument,
  columns: number,
  qr: 'native' | 'raster',
  draughtsman: Draughtsman,
): Promise<Drawn> {
  const lines = new Map<string, DotImage>();
  for (const { text, magnify } of findUndrawable(document, columns)) {
    const image = await draughtsman.line(text, magnify, columnsOf);
    if (image) lines.set(keyOf(text, magnify), image);
  }
  const codes = qr === 'raster' ? codesOf(document) : [];
  return { lines, codes: new Map(codes.map((data) => [data, draughtsman.qr(data, qrModule(data))])) };
}

function findUndrawable(document: SlipDocument, columns: number): { text: string; magnify: SlipSize }[] {
  return layOutSlip(document, Math.min(document.columns, columns)).flatMap((piece) => {
    if (piece.kind !== 'text' && piece.kind !== 'barcode') return [];
    const magnify = piece.kind === 'text' ? piece.size : 1;
    return piece.lines.filter((text) => encodeText(text).unprintable.length > 0).map((text) => ({ text, magnify }));
  });
}

function codesOf(document: SlipDocument): string[] {
  return document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.data] : []));
}

/** By what a line's picture is found. */
export function keyOf(text: string, magnify: SlipSize): string {
  return `${magnify} ${text}`;
}
