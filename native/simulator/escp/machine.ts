import { Carriage } from './carriage.ts';
import { type Command, CommandParser } from './parse.ts';
import { type EscpOp, INCH, type Page, Sheet } from './sheet.ts';
import { Typesetter } from './typesetter.ts';

export interface MachineOptions {
  /** `lq1600k` does not know `ESC (`. */
  dialect: 'escp2' | 'lq1600k';
  /** In 0.1 mm. */
  paper: { width: number; height: number };
  onPage?: (page: Page) => void;
}

const ADJACENT_BITS = [0, 1, 2];

/** Carries out what the parser reads: a 24-needle printer with one sheet at a time (devices.md §3.2). */
export class EscpMachine {
  readonly #options: MachineOptions;
  readonly #parser: CommandParser;
  readonly #pages: Page[] = [];
  #carriage: Carriage;
  #type = new Typesetter();
  #sheet: Sheet | null = null;
  #bytes: Uint8Array[] = [];
  /** Printed when the line ends; CAN forgets it. */
  #line: (() => void)[] = [];

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#parser = new CommandParser({ extended: options.dialect === 'escp2' });
    this.#carriage = new Carriage(this.#pageLength);
  }

  get pages(): readonly Page[] {
    return this.#pages;
  }

  /** On the sheet that is in the printer. */
  get unfinished(): readonly EscpOp[] {
    return this.#sheet?.ops ?? [];
  }

  /** Something of a page is printed or waits for the end of its line. */
  get isMidPage(): boolean {
    return this.#sheet !== null || this.#line.length > 0 || this.#parser.isInside;
  }

  receive(bytes: Uint8Array): void {
    for (const command of this.#parser.push(bytes)) {
      this.#bytes.push(command.bytes);
      this.#perform(command);
    }
  }

  /** Everything but the paper is forgotten. */
  powerCycle(): void {
    this.#parser.clear();
    this.#line = [];
    this.#type = new Typesetter();
    this.#carriage = new Carriage(this.#pageLength);
  }

  /** A person takes the sheet out. */
  takeSheet(): Page | null {
    const had = this.#sheet !== null;
    this.#eject('by hand', false);
    return had ? (this.#pages.at(-1) ?? null) : null;
  }

  get #pageLength(): number {
    return (this.#options.paper.height * INCH) / 254;
  }

  get #paper(): Sheet {
    this.#sheet ??= new Sheet(this.#options.paper);
    return this.#sheet;
  }

  #perform(command: Command): void {
    const { name, args } = command;
    if (name === 'text') {
      this.#type.collect(args[0] ?? 0, this.#carriage, (op, marks) => this.#defer(op, marks));
      return;
    }
    this.#type.endRun((op, marks) => this.#defer(op, marks));
    if (name === 'ESC *') this.#image(args);
    else if (!this.#type.obey(name, args)) this.#control(command);
  }

  #control({ name, args, bytes }: Command): void {
    switch (name) {
      case 'NUL':
      case 'DC1':
      case 'DC3':
        break;
      case 'ESC @':
        this.#line = [];
        this.#type = new Typesetter();
        this.#carriage = this.#carriage.restarted(this.#pageLength);
        break;
      case 'CAN':
        this.#line = [];
        break;
      case 'CR':
        this.#printLine();
        this.#carriage.toLeft();
        break;
      case 'FF':
        this.#printLine();
        this.#eject('FF', true);
        break;
      case 'ESC EM':
        if (args[0] === 0x52) {
          this.#line = [];
          this.#eject('EM R', false);
        }
        break;
      case 'ESC 8':
        this.#finding('the paper-out detector was switched off');
        break;
      case 'unknown':
        this.#finding(`unknown command ${[...bytes].map((byte) => byte.toString(16)).join(' ')}`);
        break;
      default:
        this.#move(name, args);
    }
  }

  #move(name: string, args: Uint8Array): void {
    const outcome = this.#carriage.obey(name, args, { hasGraphics: this.#line.length > 0 });
    if (outcome === null) return;
    if (outcome.printsLine) this.#printLine();
    if (outcome.finding !== undefined) this.#finding(outcome.finding);
    if (outcome.below) this.#eject('end of page', true);
  }

  #image(args: Uint8Array): void {
    const mode = args[0] ?? 0;
    const count = (args[1] ?? 0) + 256 * (args[2] ?? 0);
    const grid = GRIDS[mode];
    if (grid === undefined) {
      this.#finding(`bit image of mode ${mode}`);
      return;
    }
    const data = args.slice(3);
    const { x, y } = this.#carriage;
    const step = INCH / grid.dpi;
    if (mode === 40 && hasNeighbours(data)) this.#finding('two dots side by side at 360 an inch');
    this.#line.push(() => {
      this.#paper.ops.push({ kind: 'image', x, y, dpi: grid.dpi, columns: count });
      this.#drawImage(data, { x, y, step, bytes: grid.bytes });
    });
    if (!this.#carriage.advance(step * count)) this.#finding('dots beyond the right margin');
  }

  #drawImage(data: Uint8Array, { x, y, step, bytes }: { x: number; y: number; step: number; bytes: number }): void {
    const height = (INCH * (bytes === 3 ? 1 : 3)) / 180;
    let beside = false;
    for (let at = 0; at < data.length; at += 1) {
      const byte = data[at] ?? 0;
      if (byte === 0) continue;
      const column = Math.floor(at / bytes);
      for (let bit = 0; bit < 8; bit += 1) {
        if ((byte & (0x80 >> bit)) === 0) continue;
        const needle = (at % bytes) * 8 + bit;
        const mark = { x: x + column * step, y: y + needle * height, width: step, height };
        if (!this.#paper.mark(mark)) beside = true;
      }
    }
    if (beside) this.#finding('dots beside the paper');
  }

  #defer(op: EscpOp, draw: (sheet: Sheet) => boolean): void {
    this.#line.push(() => {
      this.#paper.ops.push(op);
      if (!draw(this.#paper)) this.#finding('text beside the paper');
    });
  }

  #printLine(): void {
    const line = this.#line;
    this.#line = [];
    for (const print of line) print();
  }

  /** @param always also a sheet that was not moved and on which nothing was printed */
  #eject(how: string, always: boolean): void {
    if (this.#sheet === null && this.#carriage.y === 0 && !always) return;
    const sheet = this.#paper;
    this.#sheet = null;
    const bytes = Uint8Array.from(this.#bytes.flatMap((each) => [...each]));
    this.#bytes = [];
    this.#carriage.toTop();
    const page = { number: this.#pages.length + 1, width: sheet.width, height: sheet.height, ejected: how, bytes };
    this.#pages.push({ ...page, dots: sheet.dots, ops: sheet.ops });
    this.#options.onPage?.(this.#pages.at(-1) as Page);
  }

  #finding(what: string): void {
    this.#paper.ops.push({ kind: 'finding', what });
  }
}

/** Modes of ESC *: dots an inch across, bytes a column. */
const GRIDS: Readonly<Record<number, { dpi: number; bytes: 1 | 3 }>> = {
  0: { dpi: 60, bytes: 1 },
  1: { dpi: 120, bytes: 1 },
  2: { dpi: 120, bytes: 1 },
  3: { dpi: 240, bytes: 1 },
  4: { dpi: 80, bytes: 1 },
  6: { dpi: 90, bytes: 1 },
  32: { dpi: 60, bytes: 3 },
  33: { dpi: 120, bytes: 3 },
  38: { dpi: 90, bytes: 3 },
  39: { dpi: 180, bytes: 3 },
  40: { dpi: 360, bytes: 3 },
};

function hasNeighbours(data: Uint8Array): boolean {
  for (let at = 3; at < data.length; at += 3) {
    if (ADJACENT_BITS.some((offset) => ((data[at + offset] ?? 0) & (data[at + offset - 3] ?? 0)) !== 0)) return true;
  }
  return false;
}
