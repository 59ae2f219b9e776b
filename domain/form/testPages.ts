import type { Measure, PlacedItem, PlacedPage } from '../papers/layout/placed.ts';
import type { Point } from './calibration.ts';
import type { FormArea, PrintForm } from './types.ts';

/** Pages by which a printer is set to a form (devices.md §3.6): crosses to measure, boxes to lay over a void form. */

/** 20 mm apart, the first one 20 mm from both edges. */
const STEP = 200;
/** A cross near the edge may not be printed. */
const EDGE = 150;
const ARM = 30;
const LINE = 2;
const LABEL = 9;
/** Between an arm and the name: a comma hangs below its line. */
const GAP = 16;

/** @returns where the crosses stand, row by row */
export function gridCrosses({ width, height }: Pick<PrintForm, 'width' | 'height'>): Point[] {
  const places = (length: number): number[] => {
    const count = Math.floor((length - EDGE) / STEP);
    return Array.from({ length: Math.max(0, count) }, (_, index) => (index + 1) * STEP);
  };
  return places(height).flatMap((y) => places(width).map((x) => ({ x, y })));
}

/** The crosses that are measured: top left and bottom right, and the one on the row of the first for the turn of the paper. */
export function measuredCrosses(form: Pick<PrintForm, 'width' | 'height'>): {
  first: Point;
  last: Point;
  corner: Point;
} {
  const crosses = gridCrosses(form);
  const [first, last] = [crosses[0], crosses.at(-1)];
  if (!first || !last) throw new RangeError('no room for a cross');
  return { first, last, corner: { x: last.x, y: first.y } };
}

/** The cross grid; the three that are measured are named by their place in millimetres. */
export function layOutGrid(form: Pick<PrintForm, 'width' | 'height'>, measure: Measure): PlacedPage {
  const crosses = gridCrosses(form);
  const named = Object.values(measuredCrosses(form)).map((cross) => nameOf(cross, measure));
  return { width: form.width, height: form.height, items: [...crosses.flatMap(crossAt), ...named] };
}

/** The box of every field, to be laid over the form itself. */
export function layOutBoxes(form: PrintForm): PlacedPage {
  return { width: form.width, height: form.height, items: form.fields.flatMap(boxOf) };
}

function crossAt({ x, y }: Point): PlacedItem[] {
  return [lineFrom(x - ARM, y, x + ARM, y), lineFrom(x, y - ARM, x, y + ARM)];
}

function nameOf({ x, y }: Point, measure: Measure): PlacedItem {
  const text = `${x / 10}, ${y / 10}`;
  // Above the arms and inside the page, whichever corner it is.
  const left = x - measure(text, 'song', LABEL) / 2;
  return { kind: 'text', x: left, y: y - ARM - GAP, text, font: 'song', size: LABEL, spread: 0 };
}

function boxOf({ x, y, width, height }: FormArea): PlacedItem[] {
  const [right, bottom] = [x + width, y + height];
  return [
    lineFrom(x, y, right, y),
    lineFrom(right, y, right, bottom),
    lineFrom(right, bottom, x, bottom),
    lineFrom(x, bottom, x, y),
  ];
}

function lineFrom(x1: number, y1: number, x2: number, y2: number): PlacedItem {
  return { kind: 'line', x1, y1, x2, y2, width: LINE, dashed: false };
}
