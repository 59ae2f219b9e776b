import type { PaperKind } from './papers.ts';

/**
 * A paper in logical form: what stands on it and in which order. Where it stands is decided once, by `layOutPaper`, for
 * preview, PDF and printer alike.
 */
export interface PaperDocument {
  kind: PaperKind;
  title: string;
  /** Number of the case or of the paper, repeated in the foot of every page; empty when there is none. */
  number: string;
  blocks: PaperBlock[];
}

export type PaperBlock =
  | HeadBlock
  | TextBlock
  | ListBlock
  | FieldsBlock
  | TableBlock
  | SignaturesBlock
  | SealBlock
  /** A code of its own, apart from that of the head: to pay with, say. */
  | { kind: 'qr'; data: string; caption: string }
  /** Code 128 of its own, apart from that of the head, for what others scan; what it says stands below it. */
  | { kind: 'barcode'; data: string; caption: string }
  /** A dashed line to tear along, with the words on it. */
  | { kind: 'cut'; text: string }
  /** What follows begins on a new page: the back of the sheet. */
  | { kind: 'page' };

export interface HeadBlock {
  kind: 'head';
  agency: string;
  title: string;
  /** Printed as Code 128 and as QR, both opening the case again; null when nothing is to be opened. */
  code: string | null;
  /** What the QR says where it says more than the code. */
  qr?: string | undefined;
  /** `重打 第2次`, or null. */
  mark: string | null;
}

export interface TextBlock {
  kind: 'text';
  text: string;
  /**
   * `body` indented by two characters and justified, `addressee` the line that ends in a colon, `heading` kept with what
   * follows, `number` at the right edge, `note` small.
   */
  style: 'body' | 'addressee' | 'heading' | 'number' | 'note';
  /** Never the last thing on a page; headings and addressees never are. */
  withNext?: boolean;
}

export interface ListBlock {
  kind: 'list';
  items: string[];
  /** `1.` or `（一）`; the lines of an item stand under each other. */
  numbering: 'decimal' | 'chinese';
}

/** A table of labels and values. */
export interface FieldsBlock {
  kind: 'fields';
  rows: FieldRow[];
}

export type FieldRow = Field[] | { section: string };

export interface Field {
  label: string;
  value: string;
  /** A number: never broken over two lines. */
  keep?: boolean;
}

export interface TableBlock {
  kind: 'table';
  columns: TableColumn[];
  rows: string[][];
  /** One line over the whole width below the rows. */
  total?: string;
  /** In the smallest step: lists of long numbers. */
  small?: boolean;
}

export interface TableColumn {
  title: string;
  /** Share of the width, against the other columns. */
  weight: number;
  align?: 'left' | 'centre' | 'right';
  keep?: boolean;
}

export interface SignaturesBlock {
  kind: 'signatures';
  entries: { label: string; name?: string }[];
  perRow: 1 | 2;
}

/** Agency, place of the seal and date at the right edge. `date` is ISO, or empty for a date written by hand. */
export interface SealBlock {
  kind: 'seal';
  agency: string;
  date: string;
}
