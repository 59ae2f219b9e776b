/** Turning and cropping as numbers; pure. */

/** Fractions of the picture as it is seen, from its upper left corner. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Quarter turns to the right. */
export type Turns = 0 | 1 | 2 | 3;

export interface Edit {
  turns: Turns;
  /** Of the turned picture. */
  crop: Rect;
}

export type Edge = 'left' | 'top' | 'right' | 'bottom';

export const WHOLE: Rect = { x: 0, y: 0, width: 1, height: 1 };
export const UNCHANGED: Edit = { turns: 0, crop: WHOLE };

/** A crop never gets smaller than this part of the picture: handles would lie on each other. */
export const LEAST = 0.05;

/** A3 at 300 dpi, whichever way it lies (domain.md §3.9); a picture is made smaller to fit, never larger. */
const LONG_SIDE = 4961;
const SHORT_SIDE = 3508;

export function isUnchanged(edit: Edit): boolean {
  return sameEdit(edit, UNCHANGED);
}

export function sameEdit(a: Edit, b: Edit): boolean {
  const { x, y, width, height } = b.crop;
  const sameCrop = a.crop.x === x && a.crop.y === y && a.crop.width === width && a.crop.height === height;
  return sameCrop && a.turns === b.turns;
}

/** The crop turns with the picture: the same part of the paper stays chosen. */
export function turnRight({ turns, crop }: Edit): Edit {
  const { x, y, width, height } = crop;
  return {
    turns: ((turns + 1) % 4) as Turns,
    crop: { x: 1 - y - height, y: x, width: height, height: width },
  };
}

/** Where an edge stands, as a fraction of the picture. */
export function edgeAt({ x, y, width, height }: Rect, edge: Edge): number {
  return { left: x, top: y, right: x + width, bottom: y + height }[edge];
}

/** Puts an edge to a place: inside the picture, and never nearer to the opposite edge than `LEAST`. */
export function putEdge(rect: Rect, edge: Edge, to: number): Rect {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  switch (edge) {
    case 'left': {
      const x = clamp(to, 0, right - LEAST);
      return { ...rect, x, width: right - x };
    }
    case 'top': {
      const y = clamp(to, 0, bottom - LEAST);
      return { ...rect, y, height: bottom - y };
    }
    case 'right':
      return { ...rect, width: clamp(to, rect.x + LEAST, 1) - rect.x };
    case 'bottom':
      return { ...rect, height: clamp(to, rect.y + LEAST, 1) - rect.y };
  }
}

export interface Plan {
  /** Size of the result in pixels. */
  width: number;
  height: number;
  /** Where the whole unturned picture is drawn, after the canvas was turned by `turns` about its origin. */
  turns: Turns;
  shiftX: number;
  shiftY: number;
  scale: number;
}

/** How to draw a picture of this size so that the canvas holds the edited part of it. */
export function planDrawing(size: { width: number; height: number }, { turns, crop }: Edit, limit = true): Plan {
  const lies = turns % 2 === 1;
  const seenWidth = lies ? size.height : size.width;
  const seenHeight = lies ? size.width : size.height;
  const width = Math.max(1, Math.round(crop.width * seenWidth));
  const height = Math.max(1, Math.round(crop.height * seenHeight));
  const scale = limit ? Math.min(1, LONG_SIDE / Math.max(width, height), SHORT_SIDE / Math.min(width, height)) : 1;
  // The corner of the unturned picture that a turn about the origin moves out of sight is brought back.
  const back = { 0: [0, 0], 1: [seenWidth, 0], 2: [seenWidth, seenHeight], 3: [0, seenHeight] }[turns];
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    turns,
    shiftX: (back[0] ?? 0) - crop.x * seenWidth,
    shiftY: (back[1] ?? 0) - crop.y * seenHeight,
    scale,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
