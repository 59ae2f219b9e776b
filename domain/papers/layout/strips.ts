import type { PlacedItem } from './placed.ts';

/** A strip of paper as wide as the type area; items count from its own top. */
export interface Strip {
  height: number;
  items: PlacedItem[];
  /**
   * Cuts the strip between two lines; absent when it must stay whole.
   * @param room what the first part may take @returns null when not even its first line fits
   */
  split?: (room: number) => [Strip, Strip] | null;
  /** Never the last strip on a page. */
  withNext?: boolean;
}

/** A block ready for pages. */
export interface ShapedBlock {
  /** Place of the block in the document. */
  block: number;
  strips: Strip[];
  /** Empty space before it, not at the top of a page. */
  gap: number;
  /** Empty space after it at least. */
  after?: number;
  /** Stands before the first strip and again on every page. */
  header?: Strip;
  /** All strips on one page when one page can hold them. */
  together?: boolean;
  /** Never the last thing on a page. */
  withNext?: boolean;
  /** Begins a page. */
  newPage?: boolean;
}

export function moveItem(item: PlacedItem, dx: number, dy: number): PlacedItem {
  if (item.kind !== 'line') return { ...item, x: item.x + dx, y: item.y + dy };
  return { ...item, x1: item.x1 + dx, x2: item.x2 + dx, y1: item.y1 + dy, y2: item.y2 + dy };
}

export function heightOf(strips: readonly Strip[]): number {
  return strips.reduce((sum, strip) => sum + strip.height, 0);
}
