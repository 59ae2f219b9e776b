/** A laid-out paper: every item at its place, in 0.1 mm from the top left corner of the page. */

/** 宋体 for text, 黑体 for titles and labels. */
export type PaperFont = 'song' | 'hei';

/** @returns the advance of a text in 0.1 mm; `size` in points */
export type Measure = (text: string, font: PaperFont, size: number) => number;

export type PlacedItem =
  /** `y` is the baseline. `spread` is added after every character but the last: justified lines. */
  | { kind: 'text'; x: number; y: number; text: string; font: PaperFont; size: number; spread: number }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; width: number; dashed: boolean }
  /** `width` with the quiet zones of ten modules at both sides. */
  | { kind: 'barcode'; x: number; y: number; width: number; height: number; data: string }
  | { kind: 'qr'; x: number; y: number; size: number; data: string };

export interface PlacedPage {
  width: number;
  height: number;
  items: PlacedItem[];
}

/** Where a part of a block came to stand; a block over two pages has several. */
export interface Extent {
  /** Place of the block in the document. */
  block: number;
  page: number;
  top: number;
  bottom: number;
}

export interface LaidOutPaper {
  pages: PlacedPage[];
  extents: Extent[];
}

/** A text that must not be broken does not fit, even in the smallest step. Names the place, never the text. */
export class PaperOverflow extends Error {
  override name = 'PaperOverflow';
  readonly place: string;

  constructor(place: string) {
    super(`「${place}」放不下`);
    this.place = place;
  }
}
