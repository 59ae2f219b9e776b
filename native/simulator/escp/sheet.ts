/** A sheet of paper as dots of 1/360 inch, and what a printer did on it. Places in 1/3600 inch from the top left. */

export const INCH = 3600;
const DOT = 10;

export interface Mark {
  /** Where its left top corner is told to be. */
  x: number;
  y: number;
  /** Size of a mark, 1/3600 inch. */
  width: number;
  height: number;
}

/** What was printed where: text of the printer's own type, or dots. */
export type EscpOp =
  | { kind: 'text'; x: number; y: number; bytes: Uint8Array; text: string; width: number }
  | { kind: 'image'; x: number; y: number; dpi: number; columns: number }
  | { kind: 'finding'; what: string };

export interface Page {
  /** From 1. */
  number: number;
  /** Dots of 1/360 inch, one byte each: 1 is ink. */
  width: number;
  height: number;
  dots: Uint8Array;
  ops: readonly EscpOp[];
  bytes: Uint8Array;
  /** How it left: `FF`, `EM R`, or because the paper ended. */
  ejected: string;
}

export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
  readonly ops: EscpOp[] = [];
  #marked = false;

  /** @param size in 0.1 mm */
  constructor(size: { width: number; height: number }) {
    this.width = Math.ceil((size.width * 360) / 254);
    this.height = Math.ceil((size.height * 360) / 254);
    this.dots = new Uint8Array(this.width * this.height);
  }

  get isMarked(): boolean {
    return this.#marked;
  }

  /** @returns false when a part of it is beside the paper */
  mark({ x, y, width, height }: Mark): boolean {
    const left = Math.round(x / DOT);
    const top = Math.round(y / DOT);
    const right = Math.round((x + width) / DOT);
    const bottom = Math.round((y + height) / DOT);
    for (let row = Math.max(0, top); row < Math.min(bottom, this.height); row += 1) {
      this.dots.fill(1, row * this.width + Math.max(0, left), row * this.width + Math.min(right, this.width));
    }
    this.#marked = true;
    return left >= 0 && top >= 0 && right <= this.width && bottom <= this.height;
  }
}
