/** A4 portrait and its measures, in 0.1 mm; sizes of type in points. */

export const PAGE_WIDTH = 2100;
export const PAGE_HEIGHT = 2970;
/** The left edge is bound into the case volume (GB/T 9704 订口), the foot holds number and page. */
export const LEFT = 260;
export const RIGHT = 200;
export const TOP = 200;
export const BOTTOM = 190;
export const WIDTH = PAGE_WIDTH - LEFT - RIGHT;
export const BODY_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM;

/** One point in 0.1 mm. */
export const POINT = 254 / 72;

/** Between 二号 and 小二, 四号, 小四, 五号, 小五. */
export const TITLE = 20;
export const AGENCY = 14;
export const BODY = 12;
export const CELL = 10.5;
export const NOTE = 9;

/** What does not fit is tried in these steps and then refused, never cut (domain.md §4.13). */
export const STEPS: readonly number[] = [BODY, CELL, NOTE];

/** Height of a line against its type. */
const LEADING = 1.6;
/** Chinese characters fill the em box, which stands this far above the baseline. */
const ASCENT = 0.88;

export function lineHeight(size: number): number {
  return size * POINT * LEADING;
}

/** @param top of the line @returns its baseline, the em box in the middle of the line */
export function baselineOf(top: number, size: number): number {
  return top + (lineHeight(size) - size * POINT) / 2 + size * POINT * ASCENT;
}
