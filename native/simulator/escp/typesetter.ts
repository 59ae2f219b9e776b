import type { Carriage } from './carriage.ts';
import { type EscpOp, INCH, type Sheet } from './sheet.ts';

type Defer = (op: EscpOp, draw: (sheet: Sheet) => boolean) => void;

interface Character {
  /** Of the cell, without the blanks around it. */
  x: number;
  width: number;
  dots: Uint8Array | null;
}

/** Height of a cell of the printer's own type; the addressed y is its top (devices.md §3.2). */
const CELL = (24 * INCH) / 180;
const BOX_LINE = 10;

/** The printer's own type: Chinese mode, blanks around characters, characters defined by the user (devices.md §3.3). */
export class Typesetter {
  #chinese = false;
  #fullSpace: [number, number] = [0, 0];
  #halfSpace: [number, number] = [0, 0];
  readonly #defined = new Map<number, Uint8Array>();
  #lead: number | null = null;
  #run: { x: number; y: number; bytes: number[]; characters: Character[]; end: number } | null = null;

  /** @returns false when it is none of its commands */
  obey(name: string, args: Uint8Array): boolean {
    const [a = 0, b = 0] = args;
    switch (name) {
      case 'FS &':
        this.#chinese = true;
        return true;
      case 'FS .':
        this.#chinese = false;
        return true;
      case 'FS S':
        this.#fullSpace = [a, b];
        return true;
      case 'FS T':
        this.#halfSpace = [a, b];
        return true;
      case 'FS 2':
        this.#defined.set(a * 256 + b, args.slice(2));
        return true;
      default:
        return name.startsWith('FS ');
    }
  }

  /** One byte of text at the place of the head, which goes on by the character. */
  collect(byte: number, carriage: Carriage, defer: Defer): void {
    if (this.#run && (this.#run.end !== carriage.x || this.#run.y !== carriage.y)) this.endRun(defer);
    this.#run ??= { x: carriage.x, y: carriage.y, bytes: [], characters: [], end: carriage.x };
    this.#run.bytes.push(byte);
    if (this.#chinese && this.#lead === null && byte >= 0xa1) {
      this.#lead = byte;
      return;
    }
    const lead = this.#lead;
    this.#lead = null;
    const dots = 180 / INCH;
    const width = lead !== null ? 24 / dots : this.#chinese ? 12 / dots : carriage.pitch;
    const [before, after] = lead !== null ? this.#fullSpace : this.#chinese ? this.#halfSpace : [0, 0];
    const x = carriage.x + before / dots;
    this.#run.characters.push({
      x,
      width,
      dots: lead === null ? null : (this.#defined.get(lead * 256 + byte) ?? null),
    });
    carriage.advance(width + (before + after) / dots);
    this.#run.end = carriage.x;
  }

  endRun(defer: Defer): void {
    const run = this.#run;
    this.#run = null;
    this.#lead = null;
    if (run === null) return;
    const bytes = Uint8Array.from(run.bytes);
    const text = new TextDecoder('gb18030').decode(bytes);
    const op: EscpOp = { kind: 'text', x: run.x, y: run.y, bytes, text, width: run.end - run.x };
    defer(op, (sheet) => run.characters.map((each) => drawCharacter(sheet, each, run.y)).every(Boolean));
  }
}

/** The type in the printer is not known here: its cell is drawn. A defined character has its dots. */
function drawCharacter(sheet: Sheet, { x, width, dots }: Character, y: number): boolean {
  const dot = INCH / 180;
  if (dots === null) {
    return [
      { x, y, width, height: BOX_LINE },
      { x, y: y + CELL - BOX_LINE, width, height: BOX_LINE },
      { x, y, width: BOX_LINE, height: CELL },
      { x: x + width - BOX_LINE, y, width: BOX_LINE, height: CELL },
    ]
      .map((side) => sheet.mark(side))
      .every(Boolean);
  }
  let inside = true;
  for (let at = 0; at < dots.length * 8; at += 1) {
    if (((dots[at >> 3] ?? 0) & (0x80 >> (at % 8))) === 0) continue;
    const mark = { x: x + Math.floor(at / 24) * dot, y: y + (at % 24) * dot, width: dot, height: dot };
    if (!sheet.mark(mark)) inside = false;
  }
  return inside;
}
