import { INCH } from './sheet.ts';

export interface MoveOutcome {
  /** What was collected for the line is printed before the move. */
  printsLine?: boolean;
  /** The place is below the page: a cut sheet is ejected. */
  below?: boolean;
  finding?: string;
}

/** 13.6 inch, the wide carriage. */
const CARRIAGE = 13.6 * INCH;
/** Upward by more than this is ignored (devices.md §3.2). */
const MOST_UPWARD = (179 * INCH) / 360;

/** Where the head is, margins, units, tab stops. All in 1/3600 inch; y from the top edge. */
export class Carriage {
  x = 0;
  y = 0;
  #unit: number | null = null;
  #pageLength: number;
  #top = 0;
  #bottom: number;
  #left = 0;
  #spacing = INCH / 6;
  #pitch = INCH / 10;
  #tabs: number[] = [];
  #letterQuality = true;
  #graphicsOnLine = false;

  constructor(pageLength: number) {
    this.#pageLength = pageLength;
    this.#bottom = pageLength;
  }

  /** After ESC @: the place at hand is the new top of the page. */
  restarted(pageLength: number): Carriage {
    const fresh = new Carriage(pageLength);
    fresh.y = this.y;
    fresh.#top = this.y;
    return fresh;
  }

  toLeft(): void {
    this.x = this.#left;
  }

  /** A new sheet. */
  toTop(): void {
    this.x = this.#left;
    this.y = 0;
    this.#graphicsOnLine = false;
  }

  /** @returns false when a part is beyond the right end */
  advance(width: number): boolean {
    this.x += width;
    this.#graphicsOnLine = true;
    return this.x <= CARRIAGE;
  }

  get pitch(): number {
    return this.#pitch;
  }

  /** @returns null when it is none of its commands */
  obey(name: string, args: Uint8Array, { hasGraphics }: { hasGraphics: boolean }): MoveOutcome | null {
    const [a = 0, b = 0] = args;
    const word = a + 256 * b;
    switch (name) {
      case 'ESC (U':
        this.#unit = a;
        return {};
      case 'ESC (C':
        this.#pageLength = word * (this.#unit ?? INCH / 360);
        this.#top = 0;
        this.#bottom = this.#pageLength;
        return {};
      case 'ESC (c':
        return this.#margins(args);
      case 'ESC (V':
        return this.#downTo(word * (this.#unit ?? INCH / 360) + this.#top, hasGraphics);
      case 'ESC (v':
        return this.#downTo(this.y + signed(word) * (this.#unit ?? INCH / 360), hasGraphics);
      case 'ESC J':
        return this.#downBy((a * INCH) / 180);
      case 'LF': {
        const outcome = this.#downBy(this.#spacing);
        this.toLeft();
        return outcome;
      }
      case 'ESC $':
        return this.#rightTo(word * (this.#unit ?? INCH / 60) + this.#left);
      case 'ESC \\':
        return this.#rightTo(this.x + signed(word) * (this.#unit ?? INCH / (this.#letterQuality ? 180 : 120)));
      case 'ESC 3':
        this.#spacing = (a * INCH) / 180;
        return {};
      case 'ESC +':
        this.#spacing = (a * INCH) / 360;
        return {};
      case 'ESC 0':
        this.#spacing = INCH / 8;
        return {};
      case 'ESC 2':
        this.#spacing = INCH / 6;
        return {};
      case 'ESC C':
        this.#pageLength = a === 0 ? b * INCH : a * this.#spacing;
        this.#top = this.y;
        this.#bottom = this.y + this.#pageLength;
        return {};
      case 'ESC l':
        this.#left = a * this.#pitch;
        return {};
      case 'ESC P':
        this.#pitch = INCH / 10;
        return {};
      case 'ESC M':
        this.#pitch = INCH / 12;
        return {};
      case 'ESC g':
        this.#pitch = INCH / 15;
        return {};
      case 'ESC x':
        this.#letterQuality = a === 1 || a === 0x31;
        return {};
      case 'ESC D':
        this.#tabs = [...args].filter((column) => column > 0).map((column) => column * this.#pitch + this.#left);
        return {};
      case 'HT':
        this.x = this.#tabs.find((tab) => tab > this.x) ?? this.x;
        return {};
      default:
        return null;
    }
  }

  #margins(args: Uint8Array): MoveOutcome {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    const unit = this.#unit ?? INCH / 360;
    if (this.y > this.#top) return { finding: 'margins set below the top of the page' };
    this.#top = (a + 256 * b) * unit;
    this.#bottom = (c + 256 * d) * unit;
    this.y = Math.max(this.y, this.#top);
    return {};
  }

  #downTo(y: number, hasGraphics: boolean): MoveOutcome {
    if (y < this.y) {
      const ignored = this.y - y > MOST_UPWARD || hasGraphics || this.#graphicsOnLine;
      if (ignored) return { finding: 'an upward move was ignored' };
    }
    return this.#to(y);
  }

  #downBy(distance: number): MoveOutcome {
    return this.#to(this.y + distance);
  }

  #to(y: number): MoveOutcome {
    if (y !== this.y) this.#graphicsOnLine = false;
    this.y = y;
    return y > this.#bottom ? { printsLine: true, below: true, finding: 'moved below the page' } : { printsLine: true };
  }

  #rightTo(x: number): MoveOutcome {
    if (x > CARRIAGE || x < this.#left) return { finding: 'a move beyond the margin was ignored' };
    this.x = x;
    return {};
  }
}

function signed(word: number): number {
  return word >= 0x8000 ? word - 0x10000 : word;
}
